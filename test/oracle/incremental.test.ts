import assert from 'node:assert/strict';
import {
  type Configuration,
  changedSections,
  dumpSections,
  type Json,
  load,
  memoryFiles,
  toJson,
  type Value,
} from '@prosodist/core';
import fc from 'fast-check';
import { asFileSystem } from '../support/ours.js';
import { absolute } from '../support/prosody-files.js';
import { randomTree, shown } from './random-configuration.js';

/** All that a reader of a configuration can see, but for the trees of its documents. */
function seen({ documents, sections, ...rest }: Configuration) {
  const text = toJson(dumpSections({ ...rest, documents, sections }) as Json);
  const settings = rest.settings.map(({ value, ...setting }) => ({ ...setting, places: places(value) }));
  return { ...rest, settings, text, documents: [...documents.keys()], sections: [...sections.keys()] };
}

/** Where a value and all in it were written. */
function places(value: Value, seen = new Set<unknown>()): unknown {
  if (value.kind !== 'table' || seen.has(value.table)) return [value.kind, value.origin];
  seen.add(value.table);
  const entries = [...value.table.entries].map(([key, entry]) => [
    typeof key === 'object' ? 'key' : key,
    entry.origin,
    entry.keyOrigin,
    places(entry.value, seen),
  ]);
  return [value.kind, value.origin, entries];
}

/** Lines that change what lines behind them mean, and some that do not. */
const LINES = [
  'VirtualHost "h1.example.com"',
  'VirtualHost "new.example.com"',
  'VirtualHost "h2.example.com" { authentication = "ldap2" }',
  'Component "rooms.example.com" "muc"',
  'authentication = internal_plain',
  'authentication = "anonymous"',
  'modules_enabled = { "ping"; { "deep"; key = { 1, -2 } } }',
  'modules_enabled { "more" }',
  'admins = modules_enabled',
  'local word = "x"',
  'authentication = word',
  'word = true',
  'a, b = "one", { two = 2 }',
  'if ENV_X then admins = {} end',
  '-- a comment',
  '--[[',
  ']]',
  '',
  'broken = = 1',
  'VirtualHost = print',
  'Include = "x"',
  'host = "x.example.com"',
  '__currenthost = "h1.example.com"',
  'goto done',
  '::done::',
  'Include "other.cfg.lua"',
  'return',
];

/** An edit of lines: what stands at a place is taken away, and something put there. */
const lineEdit = fc.record({
  at: fc.nat(60),
  away: fc.nat(2),
  lines: fc.array(fc.oneof(fc.constantFrom(...LINES), fc.nat(60)), { maxLength: 2 }),
});

/** A tree of many files, each with a host of its own. */
function hosts(count: number): Record<string, string> {
  const files = Array.from({ length: count }, (_, index) => [
    `/etc/prosody/conf.d/h${index}.cfg.lua`,
    `VirtualHost "h${index}.example.com"\nauthentication = "internal_hashed"\nmodules_enabled = { "ping"; "x${index}" }\n`,
  ]);
  return { '/etc/prosody/prosody.cfg.lua': 'admins = { }\nInclude "conf.d/*.cfg.lua"\n', ...Object.fromEntries(files) };
}

/** What a section consists of, without its places. */
function content(configuration: Configuration, scope: string): string {
  const { sections, openings, settings } = configuration;
  const section = sections.get(scope);
  const own = settings.filter(setting => setting.scope === scope).map(({ name, form }) => `${name} ${form}`);
  const opened = openings.filter(opening => opening.scope === scope).map(({ written, module }) => `${written} ${module?.name}`);
  const text =
    section &&
    toJson(
      dumpSections({ ...configuration, ok: true, errors: [], stopped: null, sections: new Map([[scope, section]]) }) as Json,
    );
  return JSON.stringify([section?.kind, own, opened, text]);
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

  for (const prosody of ['0.12', '13.0'] as const)
    it(`gives what evaluating all of it gives after lines were edited, and knows which sections are the same (${prosody})`, () => {
      const entry = '/etc/prosody/prosody.cfg.lua';
      const sections = Object.values(hosts(8)).slice(1).join('\n');
      const other = '/etc/prosody/other.cfg.lua';
      const treeOf = (lines: readonly string[]) =>
        memoryFiles({ [entry]: lines.join('\n'), [other]: 'VirtualHost "h3.example.com"\nadmins = { "x" }\n' });
      fc.assert(
        fc.property(fc.array(lineEdit, { minLength: 1, maxLength: 6 }), edits => {
          let lines = `admins = { "a@example.com" }\nInclude "other.cfg.lua"\n${sections}\nstorage = "sql"`.split('\n');
          let previous = load(treeOf(lines), entry, { prosody });
          for (const { at, away, lines: put } of edits) {
            const place = at % (lines.length + 1);
            lines = [...lines];
            // a number takes a line from elsewhere
            lines.splice(place, away, ...put.map(each => (typeof each === 'number' ? lines[each % lines.length] : each) ?? ''));
            const before = seen(previous);
            const again = load(treeOf(lines), entry, { prosody, previous });
            const fresh = load(treeOf(lines), entry, { prosody });
            assert.deepEqual(seen(again), seen(fresh), lines.join('\n'));
            assert.deepEqual(seen(previous), before, lines.join('\n'));
            const changed = changedSections(previous, again)!;
            for (const scope of new Set([...previous.sections.keys(), ...again.sections.keys()]))
              if (!changed.has(scope)) assert.equal(content(again, scope), content(previous, scope), lines.join('\n'));
            previous = again;
          }
        }),
        { numRuns: 400 },
      );
    });

  it('evaluates only the section that changed', () => {
    const text = Object.values(hosts(50)).slice(1).join('');
    const entry = '/p.cfg.lua';
    const previous = load(memoryFiles({ [entry]: text }), entry);
    const changed = text.replace('"x7"', '"seven"');
    const after = load(memoryFiles({ [entry]: changed }), entry, { previous });
    assert.deepEqual([...changedSections(previous, after)!], ['h7.example.com']);
    assert.deepEqual(
      [...changedSections(after, load(memoryFiles({ [entry]: `\n${changed}` }), entry, { previous: after }))!],
      [],
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
    assert.deepEqual([...new Set(fresh)], [changed]);
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
