import assert from 'node:assert/strict';
import { type Configuration, dumpSections, type Json, load, memoryFiles, toJson } from '@prosodist/core';
import fc from 'fast-check';
import { asFileSystem } from '../support/ours.js';
import { absolute } from '../support/prosody-files.js';
import { randomTree, shown } from './random-configuration.js';

/** All that a reader of a configuration can see, but for the trees of its documents. */
function seen({ documents, sections, ...rest }: Configuration) {
  const text = toJson(dumpSections({ ...rest, documents, sections }) as Json);
  const settings = rest.settings.map(({ value, ...setting }) => ({ ...setting, kind: value.kind }));
  return { ...rest, settings, text, documents: [...documents.keys()], sections: [...sections.keys()] };
}

/** A tree of many files, each with a host of its own. */
function hosts(count: number): Record<string, string> {
  const files = Array.from({ length: count }, (_, index) => [
    `/etc/prosody/conf.d/h${index}.cfg.lua`,
    `VirtualHost "h${index}.example.com"\nauthentication = "internal_hashed"\nmodules_enabled = { "ping"; "x${index}" }\n`,
  ]);
  return { '/etc/prosody/prosody.cfg.lua': 'admins = { }\nInclude "conf.d/*.cfg.lua"\n', ...Object.fromEntries(files) };
}

describe('evaluating again after an edit', () => {
  for (const prosody of ['0.12', '13.0'] as const)
    it(`gives what evaluating all of it gives, and leaves what was given before (${prosody})`, () => {
      fc.assert(
        fc.property(fc.array(randomTree, { minLength: 2, maxLength: 4 }), trees => {
          let files = trees[0]!.files;
          const { entry, env: environment } = trees[0]!;
          let previous = load(asFileSystem(files), absolute(entry), { prosody, environment });
          // the files of the other trees take the place of this one's, one after another, and back again
          const edits = trees.slice(1).flatMap(tree => Object.entries(tree.files));
          for (const [path, text] of [...edits, ...Object.entries(files)]) {
            files = { ...files, [path]: text };
            const before = seen(previous);
            const again = load(asFileSystem(files), absolute(entry), { prosody, environment, previous });
            const fresh = load(asFileSystem(files), absolute(entry), { prosody, environment });
            const told = shown({ files, entry, env: environment });
            assert.deepEqual(seen(again), seen(fresh), told);
            assert.deepEqual(seen(previous), before, told);
            previous = again;
          }
        }),
        { numRuns: 800 },
      );
    });

  it('evaluates only the file that changed, where no other depends on it', () => {
    const files = hosts(50);
    const previous = load(memoryFiles(files), '/etc/prosody/prosody.cfg.lua');
    const changed = '/etc/prosody/conf.d/h7.cfg.lua';
    const after = load(
      memoryFiles({ ...files, [changed]: `${files[changed]}ping_timeout = 5\n` }),
      '/etc/prosody/prosody.cfg.lua',
      {
        previous,
      },
    );
    const known = new Set(previous.settings);
    const fresh = after.settings.filter(setting => !known.has(setting)).map(({ origin }) => origin.file);
    assert.deepEqual([...new Set(fresh)].sort(), [changed, '/etc/prosody/prosody.cfg.lua']);
  });

  it('evaluates a file again when a file before it has changed what it asks for', () => {
    const tree = (first: string) =>
      memoryFiles({
        '/p.cfg.lua': 'Include "/a.lua"\nInclude "/b.lua"\n',
        '/a.lua': first,
        '/b.lua': 'Component "x.example"\nname = word\n',
      });
    const previous = load(tree(''), '/p.cfg.lua');
    assert.equal(previous.ok, true);
    const clash = load(tree('VirtualHost "x.example"'), '/p.cfg.lua', { previous });
    assert.match(clash.errors[0]?.text ?? '', /clashes/);
    const back = load(tree(''), '/p.cfg.lua', { previous: clash });
    assert.equal(back.ok, true);
  });

  it('never calls a function that belongs to an earlier evaluation', () => {
    const tree = (last: string) =>
      memoryFiles({
        '/p.cfg.lua': 'Include "/a.lua"\nInclude "/b.lua"\nInclude "/c.lua"\n',
        '/a.lua': 'opener = { VirtualHost }\nother = VirtualHost',
        '/b.lua': 'other "late.example"',
        '/c.lua': last,
      });
    const first = load(tree(''), '/p.cfg.lua');
    const second = load(tree('admins = { }'), '/p.cfg.lua', { previous: first });
    assert.deepEqual([...second.sections.keys()], ['*', 'late.example']);
    assert.equal(first.openings.length, 1);
  });

  it('never changes a table that an earlier configuration has', () => {
    const tree = (second: string) =>
      memoryFiles({
        '/p.cfg.lua': 'Include "/a.lua"\nInclude "/b.lua"\n',
        '/a.lua': 'modules_enabled = { "a" }',
        '/b.lua': second,
      });
    const first = load(tree(''), '/p.cfg.lua');
    const second = load(tree('modules_enabled { "b" }'), '/p.cfg.lua', { previous: first });
    const list = ({ sections }: Configuration) => {
      const value = sections.get('*')?.options.get('modules_enabled')?.value;
      return value?.kind === 'table' ? value.table.entries.size : 0;
    };
    assert.deepEqual([list(first), list(second), list(load(tree(''), '/p.cfg.lua', { previous: second }))], [1, 2, 1]);
  });
});
