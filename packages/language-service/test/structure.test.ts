import { strict as assert } from 'node:assert';
import type { SelectionRange } from 'vscode-languageserver-types';
import {
  documentLinks,
  findFile,
  foldingRanges,
  incomingIncludes,
  outgoingIncludes,
  prepareCallHierarchy,
  selectionRanges,
  toOffset,
  workspaceSymbols,
} from '../src/index.js';
import { FIXTURES, JITSI } from './examples.js';
import { FOLDER, fixture, positionOf } from './fixture.js';

describe('document links', () => {
  const TREE = `--- file: prosody.cfg.lua
-- see https://prosody.im/doc/configure (all of it).
Include "conf.d/*.cfg.lua"
Include "gone.lua"
modules_enabled = { "bosh"; "my_own"; "muc_lobby_rooms" }
ssl = { key = "certs/a.key"; certificate = "certs/none.crt" }
secret = FileLine "secret.txt"
--- file: conf.d/b.cfg.lua
--- file: conf.d/a.cfg.lua
--- file: certs/a.key
key
--- file: secret.txt
hush
`;

  it('lead to included files, files that options name, pages of modules, addresses in comments', () => {
    const { tree, path, text } = fixture(TREE);
    const links = documentLinks(tree, path).map(({ range, target, tooltip }) => {
      const label = text.slice(toOffset({ text }, range.start), toOffset({ text }, range.end));
      return [label, target, ...(label.includes('*') ? [tooltip] : [])];
    });
    assert.deepEqual(links, [
      ['conf.d/*.cfg.lua', 'file:///etc/prosody/conf.d/b.cfg.lua', '2 files: b.cfg.lua, a.cfg.lua'],
      ['bosh', 'https://prosody.im/doc/modules/mod_bosh'],
      ['certs/a.key', 'file:///etc/prosody/certs/a.key'],
      ['secret.txt', 'file:///etc/prosody/secret.txt'],
      ['https://prosody.im/doc/configure', 'https://prosody.im/doc/configure'],
    ]);
  });
});

describe('workspace symbols', () => {
  const names = (query: string, ...sources: string[]) =>
    workspaceSymbols(
      sources.map(source => fixture(source).tree),
      query,
    ).map(({ name, containerName }) => (containerName === undefined ? name : `${name} in ${containerName}`));

  it('are hosts and components without a query', () => {
    assert.deepEqual(names('', JITSI), ['meet.example.com', 'conference.meet.example.com', 'auth.meet.example.com']);
  });

  it('are found by letters in their order, beginnings first', () => {
    assert.deepEqual(names('auth', JITSI).slice(0, 2), ['auth.meet.example.com', 'authentication in Global section']);
    assert.deepEqual(names('mucmap', JITSI), ['muc_mapper_domain_base in Global section']);
    assert.deepEqual(names('zzz', JITSI), []);
  });

  it('are those of all trees, each file once', () => {
    const other = '--- file: other.cfg.lua\nVirtualHost "other.example"\n';
    assert.deepEqual(names('', JITSI, other, JITSI).length, 4);
  });

  it('are bounded', () => {
    const many = Array.from({ length: 2000 }, (_, index) => `VirtualHost "h${index}.example"\n`).join('');
    assert.equal(names('', many).length, 256);
    assert.deepEqual(names('h1999', many), ['h1999.example']);
  });
});

describe('folding', () => {
  const folds = (source: string, limit?: number) => {
    const { tree, path } = fixture(source);
    return foldingRanges(tree, path, limit).map(
      ({ startLine, endLine, kind }) => `${startLine}-${endLine}${kind ? ` ${kind}` : ''}`,
    );
  };

  it('is for sections, tables, comments, long strings and blocks', () => {
    const source = `-- one
-- two

VirtualHost "a.example"
  modules_enabled = {
    "x";
  }
  text = [[
  long
  ]]

Component "b.example" "muc"
  --[[ a
  b ]]
if true then
  y = 1
end
function f()
  return 1
end
`;
    assert.deepEqual(folds(source), ['0-1 comment', '3-9', '4-5', '7-9', '11-19', '12-13 comment', '14-15', '17-18']);
  });

  it('knows the marks of Vim', () => {
    assert.deepEqual(folds('--{{{ a\nx = 1\n--{{{\ny = 2\n--}}}\n--}}}\n'), ['0-5 region', '2-4 region']);
  });

  it('keeps to the limit of the client, with the longest ones', () => {
    assert.deepEqual(folds('a = {\n1,\n}\nb = {\n1,\n2,\n3\n}\n', 1), ['3-6']);
  });

  it('takes CRLF for what it is', () => assert.deepEqual(folds('a = {\r\n1,\r\n}\r\n'), ['0-1']));
});

describe('selection ranges', () => {
  it('grow from the word to the file, each around the one before', () => {
    const found = fixture('admins = { "admin@<|>a.example" }\nVirtualHost "a.example"\n  -- about\n  x = 1\n');
    const { text } = found;
    const texts: string[] = [];
    const [first] = selectionRanges(found.tree, found.path, [positionOf(found)]);
    for (let range: SelectionRange | undefined = first; range; range = range.parent)
      texts.push(text.slice(toOffset({ text }, range.range.start), toOffset({ text }, range.range.end)));
    assert.deepEqual(texts.slice(0, 5), [
      'a.example',
      'admin@a.example',
      '"admin@a.example"',
      '{ "admin@a.example" }',
      'admins = { "admin@a.example" }',
    ]);
    assert.equal(texts.at(-1), text);
  });

  it('hold for every place of every fixture', () => {
    for (const source of FIXTURES) {
      const { tree } = fixture(source);
      for (const [path, { text }] of tree.result.configuration.documents) {
        for (let line = 0; line < text.split('\n').length; line++) {
          for (const character of [0, 3, 12, 80]) {
            const [first] = selectionRanges(tree, path, [{ line, character }]);
            let inner = first;
            let offset = toOffset({ text }, { line, character });
            let end = offset;
            for (; inner; inner = inner.parent) {
              const start = toOffset({ text }, inner.range.start);
              const next = toOffset({ text }, inner.range.end);
              assert.ok(start <= offset && end <= next);
              [offset, end] = [start, next];
            }
            assert.deepEqual([offset, end], [0, text.length]);
          }
        }
      }
    }
  });
});

describe('the hierarchy of includes', () => {
  const TREE = `--- file: prosody.cfg.lua
Include "conf.d/*.cfg.lua"
--- file: conf.d/a.cfg.lua
Include "../<|>shared.lua"
--- file: conf.d/b.cfg.lua
Include "../shared.lua"
Include "../shared.lua"
--- file: conf.d/../shared.lua
x = 1
`;
  const shared = `${FOLDER}conf.d/../shared.lua`;

  it('begins at the included file on an include, else at the file itself', () => {
    const found = fixture(TREE);
    assert.deepEqual(
      prepareCallHierarchy(found.tree, found.path, positionOf(found)).map(({ uri }) => uri),
      [`file://${shared}`],
    );
    const start = { line: 0, character: 0 };
    assert.deepEqual(
      prepareCallHierarchy(found.tree, `${FOLDER}prosody.cfg.lua`, { line: 1, character: 0 }).map(({ name, range }) => [
        name,
        range.start,
      ]),
      [['prosody.cfg.lua', start]],
    );
  });

  it('tells who includes a file, and from where', () => {
    const { tree } = fixture(TREE);
    assert.deepEqual(
      incomingIncludes(tree, shared).map(({ from, fromRanges }) => [from.name, fromRanges.map(({ start }) => start.line)]),
      [
        ['a.cfg.lua', [0]],
        ['b.cfg.lua', [0, 1]],
      ],
    );
    assert.deepEqual(incomingIncludes(tree, tree.entry), []);
  });

  it('tells what a file includes', () => {
    const { tree } = fixture(TREE);
    assert.deepEqual(
      outgoingIncludes(tree, tree.entry).map(({ to, fromRanges }) => [to.name, fromRanges.length]),
      [
        ['a.cfg.lua', 1],
        ['b.cfg.lua', 1],
      ],
    );
    assert.ok(findFile(tree, shared));
    assert.deepEqual(outgoingIncludes(tree, shared), []);
  });
});
