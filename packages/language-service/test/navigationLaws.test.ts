import { strict as assert } from 'node:assert';
import type { Position } from 'vscode-languageserver-types';
import {
  codeLenses,
  definition,
  documentHighlights,
  documentLinks,
  foldingRanges,
  formatTables,
  inlayHints,
  prepareCallHierarchy,
  prepareRename,
  references,
  rename,
  resolveCodeLens,
  selectionRanges,
  semanticTokens,
  TOKEN_TYPES,
  type Tree,
  toPosition,
  toRange,
  workspaceSymbols,
} from '../src/index.js';
import { FIXTURES } from './examples.js';
import { applied, client, fixture, treeOf } from './fixture.js';

const MORE = `local a, b = "x.example", function(c) return c .. a end
for _, n in ipairs { "one", "two" } do local h = n .. "." .. a; VirtualHost(h) { admins = { "me@" .. h } } end
if b then ldap = { user = { filter = [[(&(a=b)(!(c=d*)))]], basedn = "DC=x,DC=y" } } end
modules_enabled:append { "mam" }
secret = FileLine "none"; Include "gone/*.cfg.lua"
`;

describe('navigation', function () {
  this.timeout(120_000);

  for (const [index, source] of [...FIXTURES, MORE].entries()) {
    it(`stands every truncation (fixture ${index + 1})`, () => {
      const { files } = fixture(source);
      for (const [path, whole] of Object.entries(files)) {
        if (typeof whole !== 'string') continue;
        for (let length = 0; length <= whole.length; length++) tryAll({ ...files, [path]: whole.slice(0, length) }, path);
      }
    });

    it(`finds every place among the references of itself (fixture ${index + 1})`, () => {
      const { tree } = fixture(source);
      for (const path of tree.result.configuration.documents.keys()) {
        for (const { position, type } of tokensOf(tree, path)) {
          if (!['class', 'interface', 'property', 'namespace', 'variable', 'parameter'].includes(type)) continue;
          const found = references(tree, path, position);
          const same = (at: Position) => at.line === position.line && at.character === position.character;
          assert.ok(
            found.some(({ range }) => same(range.start)),
            `${path} ${JSON.stringify(position)} ${type}`,
          );
          assert.ok(documentHighlights(tree, path, position).some(({ range }) => same(range.start)));
        }
      }
    });
  }
});

function tokensOf(tree: Tree, path: string): { position: Position; type: string }[] {
  const data = semanticTokens(tree, path);
  const found = [];
  let position = { line: 0, character: 0 };
  for (let at = 0; at < data.length; at += 5) {
    const down = data[at]!;
    position = { line: position.line + down, character: down > 0 ? data[at + 1]! : position.character + data[at + 1]! };
    found.push({ position, type: TOKEN_TYPES[data[at + 3]!]! });
  }
  return found;
}

function tryAll(files: Parameters<typeof treeOf>[0], path: string): void {
  const tree = treeOf(files);
  const text = files[path] as string;
  const whole = toRange({ text }, { start: 0, end: text.length });
  for (const at of [whole.end, toPosition({ text }, text.length >> 1)]) {
    definition(tree, path, at);
    references(tree, path, at);
    selectionRanges(tree, path, [at]);
    prepareCallHierarchy(tree, path, at);
    const asked = prepareRename(tree, path, at);
    if ('refused' in asked) continue;
    const edit = rename(tree, path, at, 'new_name', client());
    if (!('refused' in edit)) applied({ tree, files }, edit);
  }
  documentLinks(tree, path);
  foldingRanges(tree, path);
  semanticTokens(tree, path);
  inlayHints(tree, path, whole);
  formatTables(tree, path, whole);
  workspaceSymbols([tree], 'e');
  for (const lens of codeLenses(tree, path)) resolveCodeLens(tree, path, lens);
}
