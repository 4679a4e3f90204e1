// The generated data are what the Prosody trees give, and hold everything that Prosody itself was found to read.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import {
  checkLists,
  findOption,
  moduleNames,
  optionNames,
  type ProsodyVersion,
  prosodyVersions,
} from '../../src/catalog/index.js';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const cache = process.env.XDG_CACHE_HOME ?? `${homedir()}/.cache`;
const labs = process.env.PROSODIST_LABS ?? `${cache}/prosodist-labs`;
const missing = prosodyVersions.filter(version => !existsSync(`${labs}/prosody-${version}/usr/lib/prosody/core/moduleapi.lua`));
const oracle = path('../../../../../shared/oracle');
const corpus = path('../../../../../shared/corpus/expected');

describe('catalogue: drift', () => {
  const reason = missing.length
    ? ` (skipped: no Prosody ${missing.join(' and ')} in ${labs}, see test/labs/install-prosody.sh)`
    : '';
  it(`the generated data are what the trees give${reason}`, function () {
    if (missing.length) this.skip();
    this.timeout(60_000);
    const run = spawnSync(process.execPath, [path('../../../../scripts/catalog/generate.mjs'), '--check'], { encoding: 'utf8' });
    assert.equal(run.status, 0, run.stdout + run.stderr);
  });
});

interface OracleOptions {
  readonly options: Readonly<Record<string, unknown>>;
  readonly derived: Readonly<Record<string, unknown>>;
}

interface OracleLists {
  readonly obsolete: readonly string[];
  readonly deprecated: Readonly<Record<string, string>>;
  readonly known_global_options: readonly string[];
}

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

describe('catalogue: an extraction made by other means', () => {
  const there = existsSync(oracle);
  const note = there ? '' : ' (needs ../shared)';
  const files: Readonly<Record<ProsodyVersion, readonly [options: string, lists: string]>> = {
    '0.12': ['options-0.12.json', '0.12.3'],
    '13.0': ['options-13.json', '13.0.1'],
  };

  for (const version of prosodyVersions) {
    it(`every option it found in ${version} is known${note}`, function () {
      if (!there) this.skip();
      const { options, derived } = read(`${oracle}/${files[version][0]}`) as OracleOptions;
      const unknown = [...Object.keys(options), ...Object.keys(derived)].filter(name => !findOption(name, version));
      // moduleapi's `provides` takes the prefix off: the service is dovecotauth, and so are its options
      assert.deepEqual(
        unknown.filter(name => !name.startsWith('net_dovecotauth_')),
        [],
      );
    });

    it(`its check lists of ${version} are ours${note}`, function () {
      if (!there) this.skip();
      const lists = (read(`${oracle}/check-lists.json`) as Readonly<Record<string, OracleLists>>)[files[version][1]];
      assert.ok(lists);
      assert.deepEqual(checkLists(version).obsolete, [...lists.obsolete].sort());
      assert.deepEqual(checkLists(version).globalOnly, [...lists.known_global_options].sort());
      assert.deepEqual({ ...checkLists(version).deprecated }, lists.deprecated);
    });
  }
});

interface Expected {
  readonly config?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

describe('catalogue: real configurations', () => {
  const there = existsSync(corpus);
  const note = there ? '' : ' (needs ../shared)';

  it(`nearly every option that people set is known${note}`, function () {
    if (!there) this.skip();
    const known = new Set(prosodyVersions.flatMap(version => optionNames(version)));
    let set = 0;
    let unknown = 0;
    for (const version of prosodyVersions) {
      for (const file of readdirSync(`${corpus}/${version}`)) {
        for (const options of Object.values((read(`${corpus}/${version}/${file}`) as Expected).config ?? {})) {
          set += Object.keys(options).length;
          unknown += Object.keys(options).filter(name => !known.has(name)).length;
        }
      }
    }
    // what is left are Metronome's options, people's own, inventions and misspellings
    assert.ok(unknown / set < 0.07, `${unknown} of ${set} are unknown`);
    assert.ok(moduleNames('13.0').length > 600);
  });
});
