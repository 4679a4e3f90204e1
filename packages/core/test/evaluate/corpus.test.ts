import assert from 'node:assert/strict';
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Configuration, decode, dumpSections, type FileSystem, load, memoryFiles, toJson } from '../../src/index.js';

/**
 * Our effective configuration against Prosody's own, for real configurations (see the README of the corpus). The corpus
 * lies beside the repository and is not part of it.
 */
const corpus = fileURLToPath(new URL('../../../../../shared/corpus/', import.meta.url));
const present = fs.existsSync(`${corpus}manifest.tsv`);
const suite = present ? describe : describe.skip;

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Version = '0.12' | '13.0';

interface Expected {
  readonly ok: boolean | null;
  readonly err: string | null;
  readonly warnings: readonly string[];
  readonly files?: readonly string[];
  readonly includes?: readonly string[];
  readonly config: { readonly [section: string]: { readonly [option: string]: Json } };
  readonly with_environment?: Expected & { readonly env: Readonly<Record<string, string>> };
  readonly entry?: string;
}

/** What a comparison found: what differs, and why values are unknown to us. */
interface Verdict {
  readonly differences: string[];
  readonly unknown: Map<string, number>;
}

/** The folder in which Prosody read the configurations. */
const SCRATCH = '/scratch/';

function isObject(json: Json | undefined): json is { readonly [key: string]: Json } {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** The corpus writes a mixed table as `$mixed`; we, as dump-config.lua does, as a list of entries. */
function converted(json: Json): Json {
  if (Array.isArray(json)) return json.map(converted);
  if (!isObject(json)) return json;
  const mixed = json.$mixed;
  if (!isObject(mixed)) return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, converted(value)]));
  const list = (mixed.list as readonly Json[]).map((value, index): Json => [index + 1, converted(value)]);
  const map = Object.entries(mixed.map as { readonly [key: string]: Json }).map(([key, value]): Json => [key, converted(value)]);
  const other = (mixed.other as readonly (readonly [Json, Json])[]).map(([key, value]): Json => [key, converted(value)]);
  return { $type: 'table', entries: [...list, ...other, ...map] };
}

/** Notes the reasons of all unknown values. */
function noteUnknown(json: Json, verdict: Verdict): void {
  if (isObject(json) && json.$type === 'unknown') {
    const reason = String(json.reason);
    verdict.unknown.set(reason, (verdict.unknown.get(reason) ?? 0) + 1);
  } else if (typeof json === 'object' && json !== null)
    for (const inner of Object.values(json)) noteUnknown(inner as Json, verdict);
}

/** Compares ours with theirs; an unknown of ours is noted and equal to anything. */
function compare(ours: Json | undefined, theirs: Json | undefined, place: string, verdict: Verdict): void {
  if (isObject(ours) && ours.$type === 'unknown') {
    noteUnknown(ours, verdict);
    return;
  }
  if (Array.isArray(ours) && Array.isArray(theirs) && ours.length === theirs.length) {
    for (const [index, value] of ours.entries()) compare(value, theirs[index], `${place}[${index}]`, verdict);
  } else if (isObject(ours) && isObject(theirs)) {
    for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)]))
      compare(ours[key], theirs[key], `${place}.${key}`, verdict);
  } else if (ours !== theirs) {
    verdict.differences.push(
      `${place}: ours ${JSON.stringify(ours)?.slice(0, 200)}, Prosody's ${JSON.stringify(theirs)?.slice(0, 200)}`,
    );
  }
}

/** As many sections of ours may have an unknown name as Prosody has that we do not name. */
function compareSections(
  ours: { readonly [section: string]: Json },
  theirs: { readonly [section: string]: Json },
  verdict: Verdict,
): void {
  const unnamed = Object.keys(ours).filter(name => name.startsWith('?'));
  const unmatched = Object.keys(theirs).filter(name => !(name in ours));
  for (const name of unnamed) verdict.unknown.set(name.slice(1), 1);
  for (const name of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    const left = unnamed.includes(name) || (unmatched.includes(name) && unmatched.length <= unnamed.length);
    if (!left) compare(ours[name], theirs[name], name, verdict);
  }
}

/** A message as the corpus has it: without the scratch folder, and without the line of Prosody's own source. */
function plain(message: string): string {
  return message.replaceAll(SCRATCH, '').replace(/^\S*(?:configmanager|envload)\.lua:\d+: /, '');
}

function judge(configuration: Configuration, expected: Expected): Verdict {
  const verdict: Verdict = { differences: [], unknown: new Map() };
  const { differences } = verdict;
  if (configuration.stopped) differences.push(`stopped: ${configuration.stopped.reason}`);
  const [first] = configuration.errors;
  if (!expected.ok) {
    const theirs = plain(expected.err ?? '');
    if (first?.kind === 'syntax') {
      const line = /:(\d+):/.exec(first.text)?.[1];
      if (!theirs.includes(`:${line}:`))
        differences.push(`syntax error in another line: ours ${first.text}, Prosody's ${theirs}`);
    } else if (!first && /No such file or directory/.test(theirs)) {
      // a file that Prosody's machine did not have: whether it is there is not ours to know
      noteUnknown(JSON.parse(toJson(dumpSections(configuration))) as Json, verdict);
      if (verdict.unknown.size === 0) differences.push(`error: ours none, Prosody's ${theirs}`);
    } else if (plain(first?.text ?? 'none') !== theirs) differences.push(`error: ours ${first?.text}, Prosody's ${theirs}`);
    return verdict;
  }
  if (first) {
    differences.push(`error: ours ${first.text}, Prosody has none`);
    return verdict;
  }
  const ours = JSON.parse(toJson(dumpSections(configuration))) as { readonly [section: string]: Json };
  compareSections(ours, converted(expected.config) as { readonly [section: string]: Json }, verdict);
  const warnings = configuration.warnings.filter(warning => !warning.doubt).map(warning => plain(warning.text));
  if (JSON.stringify(warnings) !== JSON.stringify(expected.warnings)) {
    differences.push(`warnings: ours ${JSON.stringify(warnings)}, Prosody's ${JSON.stringify(expected.warnings)}`);
  }
  // the order in a folder is the file system's
  const files = configuration.files.map(plain).sort();
  if (expected.files && JSON.stringify(files) !== JSON.stringify([...expected.files].sort())) {
    differences.push(`files: ours ${JSON.stringify(files)}, Prosody's ${JSON.stringify(expected.files)}`);
  }
  return verdict;
}

/** A file alone in an empty folder, with everything that it includes there and empty. */
function alone(text: string, includes: readonly string[]): FileSystem {
  const files: Record<string, string> = { [`${SCRATCH}prosody.cfg.lua`]: text };
  for (const include of includes) {
    const path = include.startsWith('/') ? include : SCRATCH + include;
    // a pattern matches nothing in its folder, which is there
    files[/[*?]/.test(path) ? path.replace(/[^/]*$/, '.none') : path] = '';
  }
  return memoryFiles(files);
}

/** A folder of this computer as the scratch folder. Links came to the corpus as files that hold where they point to. */
function folderFiles(folder: string): FileSystem {
  const local = (path: string): string => {
    const inside = `${path}/`.startsWith(SCRATCH) ? path.slice(SCRATCH.length) : path.replace(/^\/etc\/prosody\//, '');
    const real = `${folder}/${inside}`;
    if (inside.startsWith('/') || !fs.statSync(real, { throwIfNoEntry: false })?.isFile()) return real;
    const text = fs.readFileSync(real, 'utf8');
    const target = fileURLToPath(new URL(encodeURI(text), `file://${encodeURI(real)}`));
    return /^\.\.\/\S+$/.test(text) && fs.existsSync(target) ? target : real;
  };
  return {
    readFile(path) {
      const real = local(path);
      if (!fs.existsSync(real)) return { ok: false, problem: 'missing' };
      return fs.statSync(real).isDirectory()
        ? { ok: false, problem: 'directory' }
        : { ok: true, text: decode(fs.readFileSync(real)) };
    },
    readDirectory(path) {
      const real = local(path);
      return fs.existsSync(real) ? { ok: true, names: fs.readdirSync(real) } : { ok: false, problem: 'missing' };
    },
    stat(path) {
      const found = fs.statSync(local(path), { throwIfNoEntry: false });
      return found && { kind: found.isDirectory() ? 'directory' : 'file', link: false };
    },
    realPath: path => path,
  };
}

function read(path: string): Expected {
  return JSON.parse(fs.readFileSync(path, 'utf8')) as Expected;
}

suite(`the corpus${present ? '' : ' (needs ../shared)'}`, () => {
  for (const version of ['0.12', '13.0'] as const) describe(`Prosody ${version}`, () => corpusTests(version));
});

function corpusTests(version: Version): void {
  const figures = { equal: 0, unknown: 0, different: 0 };
  const reasons = new Map<string, number>();
  const check = (configuration: Configuration, expected: Expected) => {
    const { differences, unknown } = judge(configuration, expected);
    figures[differences.length > 0 ? 'different' : unknown.size > 0 ? 'unknown' : 'equal'] += 1;
    for (const [reason, count] of unknown) reasons.set(reason, (reasons.get(reason) ?? 0) + count);
    assert.deepEqual(differences, []);
  };
  const manifest = present ? fs.readFileSync(`${corpus}manifest.tsv`, 'utf8').trim().split('\n').slice(1) : [];
  for (const name of manifest
    .map(line => line.split('\t'))
    .filter(fields => fields[5] === 'plain-lua')
    .map(fields => fields[0]!)) {
    const text = decode(fs.readFileSync(`${corpus}files/${name}`));
    const answer = `${corpus}expected/${version}/${name}.json`;
    if (!fs.existsSync(answer)) {
      it(`${name}: refused`, () => {
        const configuration = load(memoryFiles({ [`${SCRATCH}prosody.cfg.lua`]: text }), `${SCRATCH}prosody.cfg.lua`, {
          prosody: version,
        });
        assert.equal(configuration.errors[0]?.kind, 'syntax');
      });
      continue;
    }
    const expected = read(answer);
    const files = alone(text, expected.includes ?? []);
    const evaluate = (environment: Readonly<Record<string, string>>) =>
      load(files, `${SCRATCH}prosody.cfg.lua`, { prosody: version, environment });
    it(name, () => check(evaluate({}), expected));
    const other = expected.with_environment;
    if (other) it(`${name}, with its environment`, () => check(evaluate(other.env), other));
  }
  for (const file of present ? fs.readdirSync(`${corpus}trees`) : []) {
    if (!file.endsWith(`.expected.${version}.json`)) continue;
    const tree = file.slice(0, -`.expected.${version}.json`.length);
    it(`the tree ${tree}`, () => {
      const expected = read(`${corpus}trees/${file}`);
      const folder = folderFiles(`${corpus}trees/${tree}`);
      const configuration = load(folder, SCRATCH + expected.entry, { prosody: version, environment: {} });
      // Prosody reads what is made of a template, not the template: as it stands it refuses the marks
      if ([...configuration.documents.values()].some(document => document.template)) assert.equal(expected.ok, false);
      else check(configuration, expected);
    });
  }
  after(() => {
    console.log(`      ${version}: ${JSON.stringify(figures)}; unknown because of:`);
    for (const [reason, count] of reasons) console.log(`        ${count} × ${reason}`);
  });
}
