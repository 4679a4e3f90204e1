// The prose about options agrees with the catalogue, and with the source of the Prosodys that the labs have.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { labsFolder } from '../../../../test/support/labs.js';
import { describeWith } from '../../../../test/support/needing.js';
import {
  type CatalogValue,
  findOption,
  type OptionTable,
  optionNames,
  optionProse,
  optionsWithProse,
  optionTable,
  type ProsodyVersion,
  prosodyVersions,
} from '../../src/index.js';
import { PROSE_SOURCES } from './proseSources.js';

const SECONDS: Readonly<Record<string, number>> = {
  second: 1,
  minute: 60,
  hour: 3600,
  day: 86400,
  week: 604800,
  s: 1,
  w: 604800,
};

/** `31 days`, `1w`, 300 in seconds; undefined for what is no time. */
function seconds(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  const [, count, unit] = /^(\d+) ?([a-z]+?)s?$/.exec(String(value)) ?? [];
  const each = unit === undefined ? undefined : SECONDS[unit];
  return each === undefined ? undefined : Number(count) * each;
}

function says(told: string, literal: unknown): boolean {
  if (typeof literal === 'boolean') return told === (literal ? 'yes' : 'no');
  if (Array.isArray(literal)) return literal.length === 1 && says(told, literal[0]);
  return told === String(literal) || (seconds(told) !== undefined && seconds(told) === seconds(literal));
}

/** What the prose says is taken when nothing is set: `… ; VALUE unless set`. */
const toldDefault = (prose: string) => /; `?([^;:.`]+(?:\.[^;:.` ]+)?)`? unless set/.exec(prose)?.[1];

describe('prose about options: the catalogue', () => {
  const told = optionsWithProse().flatMap(name => {
    const value = toldDefault(optionProse(name)!);
    return value === undefined ? [] : [{ name, value }];
  });

  it('knows every option that has prose, in a version at least', () => {
    const known = new Set(prosodyVersions.flatMap(version => optionNames(version)));
    assert.deepEqual(
      optionsWithProse().filter(name => !known.has(name)),
      [],
    );
  });

  it('has the defaults that the prose tells, in every version where it knows one', () => {
    const literal = (value: CatalogValue | undefined) => (value && 'literal' in value ? value.literal : undefined);
    let compared = 0;
    for (const { name, value } of told) {
      for (const version of prosodyVersions) {
        const known = literal(findOption(name, version)?.default);
        if (known === undefined) continue;
        compared += 1;
        assert.ok(says(value, known), `${name} in ${version}: "${value}", and the catalogue has ${JSON.stringify(known)}`);
      }
    }
    assert.ok(compared > 80, `${compared} compared`);
  });

  it('has numbers where the prose counts seconds, bytes and other things', () => {
    const numeric = ['number', 'integer', 'period', 'any'];
    const counted = optionsWithProse().filter(name =>
      /^(?:Seconds|Bytes|How long|The largest number|Logins)\b/.test(optionProse(name)!),
    );
    assert.ok(counted.length > 30, `${counted.length}`);
    for (const name of counted) {
      const type = findOption(name, '13.0')?.type ?? '';
      assert.ok(numeric.includes(type), `${name} is ${type}`);
      assert.ok(type !== 'period' || !/^Bytes/.test(optionProse(name)!), `${name} is a time`);
    }
  });

  it('has true and false where the prose asks whether', () => {
    const asked = optionsWithProse().filter(name => /^Whether\b/.test(optionProse(name)!) && name !== 'default_archive_policy');
    assert.ok(asked.length > 30, `${asked.length}`);
    assert.deepEqual(
      asked.filter(name => findOption(name, '13.0')?.type !== 'boolean'),
      [],
    );
  });
});

const tree = (version: ProsodyVersion) => labsFolder(`prosody-${version}`, 'usr');
const absent = prosodyVersions.filter(version => !existsSync(join(tree(version), 'lib/prosody/core/moduleapi.lua')));
const labs: { readonly usr: typeof tree } | { missing: string } =
  absent.length > 0
    ? { missing: `no Prosody ${absent.join(' and ')} in ${labsFolder()}; node scripts/labs.mjs installs it` }
    : { usr: tree };

describeWith<{ readonly usr: typeof tree }>('prose about options: the source of Prosody', labs, ({ usr }) => {
  for (const version of prosodyVersions) {
    it(`has the lines of ${version} that the prose goes by`, () => {
      assert.ok(Object.keys(PROSE_SOURCES).length > 25);
      for (const [option, { file, line, text }] of Object.entries(PROSE_SOURCES)) {
        assert.ok(optionProse(option), option);
        const found = readFileSync(join(usr(version), 'lib/prosody', file), 'utf8').split('\n')[line[version] - 1];
        assert.ok(found?.includes(text), `${option}: ${file}:${line[version]} is "${found}"`);
      }
    });

    it(`reads every key of the tables in ${version}`, () => {
      const unread: string[] = [];
      let looked = 0;
      for (const option of optionNames(version)) {
        const table = optionTable(option, version);
        if (!table?.source) continue;
        const source = wordsOfAll(usr(version), table.source);
        for (const key of keysOf(table)) {
          looked += 1;
          if (!source.has(key)) unread.push(`${option}: ${key}`);
        }
      }
      assert.ok(looked > 100, `${looked}`);
      assert.deepEqual(unread, []);
    });
  }

  it('is named for every table but that of Jitsi, which no lab has', () => {
    const tables = optionNames('13.0').filter(option => optionTable(option, '13.0') !== undefined);
    assert.deepEqual(
      tables.filter(option => optionTable(option, '13.0')?.source === undefined),
      ['turncredentials'],
    );
  });
});

/** The names of all keys, also of the tables inside. */
function keysOf({ keys, any, items }: OptionTable): string[] {
  return [
    ...keys.flatMap(key => [key.name, ...(key.table ? keysOf(key.table) : [])]),
    ...(any?.table ? keysOf(any.table) : []),
    ...(items ? keysOf(items) : []),
  ];
}

const words = new Map<string, ReadonlySet<string>>();

/** The words of files, and of all files in folders; a module counts by the name that it serves HTTP under too. */
function wordsOfAll(usr: string, sources: readonly string[]): ReadonlySet<string> {
  const key = [usr, ...sources].join('\n');
  const known = words.get(key) ?? new Set(sources.flatMap(source => wordsOf(join(usr, source))));
  words.set(key, known);
  return known;
}

function wordsOf(path: string): string[] {
  if (path.endsWith('.lua')) return code(readFileSync(path, 'utf8'));
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.lua'));
  const modules = files.flatMap(file => /mod_(?:http_)?(\w+)\.lua$/.exec(file)?.[1] ?? []);
  return [...modules, ...files.flatMap(file => code(readFileSync(join(path, file), 'utf8')))];
}

/** The words of Lua without its comments. */
const code = (lua: string) => lua.replace(/--(?!\[).*$/gm, '').match(/[A-Za-z_]\w*/g) ?? [];
