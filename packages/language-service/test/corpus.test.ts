import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { applyEdits, decode, load, memoryFiles, tokens } from '@prosodist/core';
import type { TextEdit } from 'vscode-languageserver-types';
import {
  documentLinks,
  foldingRanges,
  formatTables,
  inlayHints,
  references,
  rename,
  semanticTokens,
  type Tree,
  toOffset,
  toPosition,
  toRange,
} from '../src/index.js';
import { treeOf } from './fixture.js';

// The corpus lies beside the repository and is not part of it.
const folder = fileURLToPath(new URL('../../../../shared/corpus/files/', import.meta.url));
const present = existsSync(folder);
const PATH = '/etc/prosody/prosody.cfg.lua';

(present ? describe : describe.skip)(`real configurations${present ? '' : ' (needs ../shared)'}`, function () {
  this.timeout(120_000);
  const texts = new Map<string, string>();
  before(() => {
    for (const name of readdirSync(folder)) texts.set(name, decode(readFileSync(folder + name)));
  });

  it('keep every word in tables that are aligned, and stay so', () => {
    for (const [name, text] of texts) {
      const once = formatted(text);
      const words = (lua: string) => tokens(lua).map(({ start, end }) => lua.slice(start, end));
      assert.deepEqual(words(once), words(text), name);
      assert.equal(formatted(once), once, name);
    }
  });

  it('have the host that was renamed under its new name, and no more under the old one', () => {
    let done = 0;
    for (const [name, text] of texts) {
      const tree = treeOf({ [PATH]: text });
      for (const { name: host, openings } of tree.result.configuration.sections.values()) {
        const [opening] = openings;
        if (!opening || host === '*') continue;
        const at = toPosition({ text }, opening.nameOrigin.start + 1);
        assert.ok(references(tree, PATH, at).length >= 0);
        const edit = rename(tree, PATH, at, 'zz.renamed.example', {
          documentChanges: false,
          createFiles: false,
          applyEdit: false,
          versionOf: () => null,
        });
        if ('refused' in edit) continue;
        const { sections } = load(memoryFiles({ [PATH]: edited(text, edit.changes?.[tree.uriOf(PATH)] ?? []) }), PATH);
        assert.ok(sections.has('zz.renamed.example') && !sections.has(host), `${name} ${host}`);
        done += 1;
      }
    }
    assert.ok(done > 400, String(done));
  });

  it('get tokens, links, folds and hints', () => {
    let found = 0;
    for (const text of texts.values()) {
      const tree = treeOf({ [PATH]: text });
      found += semanticTokens(tree, PATH).length + documentLinks(tree, PATH).length + foldingRanges(tree, PATH).length;
      inlayHints(tree, PATH, whole(text));
    }
    assert.ok(found > 100_000, String(found));
  });
});

function whole(text: string) {
  return toRange({ text }, { start: 0, end: text.length });
}

function formatted(text: string): string {
  const tree: Tree = treeOf({ [PATH]: text }, { rules: [] });
  return edited(text, formatTables(tree, PATH, whole(text)));
}

function edited(text: string, edits: readonly TextEdit[]): string {
  const offsets = edits.map(({ range, newText }) => ({
    start: toOffset({ text }, range.start),
    end: toOffset({ text }, range.end),
    text: newText,
  }));
  return applyEdits(text, offsets);
}
