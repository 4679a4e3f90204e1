// Ours against Prosody's own reading of one configuration.
import {
  type Configuration,
  decode,
  dumpSections,
  type FileSystem,
  type Json,
  load,
  memoryFiles,
  RawNumber,
  toJson,
} from '@prosodist/core';
import { configText } from './ours.js';
import type { ConfigDump, DumpValue, Tree, Version } from './prosody.js';
import { absolute, type FileSpec, type Files } from './prosody-files.js';

export type Outcome = 'equal' | 'unknown' | 'different';

/** What was compared: whether and how it is refused, what it sets, what Prosody warns of. */
export interface Verdict {
  readonly errors: Outcome;
  readonly configuration: Outcome;
  readonly warnings: Outcome;
  /** Each difference, to be read. */
  readonly differences: readonly string[];
  /** Why values of ours are unknown, by how many there are. */
  readonly unknown: ReadonlyMap<string, number>;
  /** Of a syntax error of both: whether the lines agree too. */
  readonly syntaxLine: boolean | null;
}

/** Our reading of the tree that Prosody was given, its folders listed in the order in which Prosody found them. */
export function ourReading({ files, entry, env = {} }: Tree, version: Version, folders: ConfigDump['folders']): Configuration {
  return load(orderedFiles(files, folders), absolute(entry), { prosody: version, environment: env });
}

/** A tree as a file system whose folders have the order of the real ones, empty folders with them. */
export function orderedFiles(files: Files, folders: ConfigDump['folders']): FileSystem {
  const entries = Object.entries(files).map(([path, file]) => [absolute(path), file] as const);
  const below = memoryFiles(
    Object.fromEntries(entries.flatMap(([path, file]) => ('directory' in Object(file) ? [] : [[path, asMemory(file)]]))),
  );
  const empty = new Set(entries.filter(([, file]) => 'directory' in Object(file)).map(([path]) => path));
  return {
    readFile: path => (empty.has(below.realPath(path)) ? { ok: false, problem: 'directory' } : below.readFile(path)),
    readDirectory(path) {
      const real = below.realPath(path);
      const names = folders[real];
      const found = below.readDirectory(path);
      if (!found.ok) return empty.has(real) ? { ok: true, names: [] } : found;
      return names ? { ok: true, names: names.filter(name => name !== '.' && name !== '..') } : found;
    },
    stat: path => (empty.has(below.realPath(path)) ? { kind: 'directory', link: false } : below.stat(path)),
    realPath: path => below.realPath(path),
  };
}

function asMemory(file: FileSpec): string | { link: string } {
  if (file instanceof Uint8Array) return decode(file);
  return typeof file === 'string' ? file : (file as { link: string });
}

/** Compares the two readings of one configuration. */
export function judgeReading(ours: Configuration, theirs: ConfigDump): Verdict {
  const differences: string[] = [];
  const unknown = new Map<string, number>();
  const note = (part: string, left: unknown, right: unknown) =>
    differences.push(`${part}: ours ${brief(left)}, Prosody's ${brief(right)}`);
  if (ours.stopped) note('stopped', ours.stopped.reason, theirs.err);
  if (!theirs.ok && ours.ok) {
    // what is unknown to us may be what Prosody refuses: a name that this machine does not give
    noteUnknown(dumpSections(ours) as Json, unknown);
    const every = 'unknown';
    if (unknown.size > 0) return { errors: every, configuration: every, warnings: every, differences, unknown, syntaxLine: null };
  }
  const syntaxLine = compareErrors(ours, theirs, note);
  const errors: Outcome = differences.length > 0 ? 'different' : 'equal';
  if (!theirs.ok || ours.errors.length > 0)
    return { errors, configuration: errors, warnings: errors, differences, unknown, syntaxLine };
  const warnings = ours.warnings.filter(warning => !warning.doubt).map(warning => warning.text);
  const warned = JSON.stringify(warnings) === JSON.stringify(theirs.warnings);
  if (!warned) note('warnings', warnings, theirs.warnings);
  const told = differences.length;
  if (JSON.stringify(ours.files) !== JSON.stringify(theirs.files)) note('files', ours.files, theirs.files);
  const dump = dumpSections(ours) as Json;
  noteUnknown(dump, unknown);
  if (unknown.size > 0) compareKnown(JSON.parse(toJson(dump)) as Json, theirs.config as Json, 'config', note);
  else if (toJson(dump) !== configText(theirs.text)) note('config', toJson(dump), configText(theirs.text));
  const configuration = differences.length > told ? 'different' : unknown.size > 0 ? 'unknown' : 'equal';
  return { errors, configuration, warnings: warned ? 'equal' : 'different', differences, unknown, syntaxLine };
}

function compareErrors(
  ours: Configuration,
  theirs: ConfigDump,
  note: (part: string, left: unknown, right: unknown) => void,
): boolean | null {
  const [first] = ours.errors;
  const message = theirs.err === null ? null : plainError(textOf(theirs.err));
  if (theirs.ok || !first) {
    if (theirs.ok !== (first === undefined)) note('error', first?.text ?? null, message);
    return null;
  }
  if (first.level !== theirs.level) note('class of error', `${first.level} (${first.text})`, `${theirs.level} (${message})`);
  if (first.kind !== 'syntax') {
    if (!sameMessage(first.text, message)) note('error', first.text, message);
    return null;
  }
  const [, file] = /^(.*?):(\d+): /.exec(first.text) ?? [];
  const [, theirFile, theirLine] = /^(.*?):(\d+): /.exec(message ?? '') ?? [];
  if (file !== theirFile) note('syntax error', first.text, message);
  return String(first.luaLine) === theirLine;
}

/** Prosody shows an error that is no text by its address, and nil by nothing. */
function sameMessage(ours: string, theirs: string | null): boolean {
  const [, kind] = /^\(error object is a (\w+) value\)$/.exec(ours) ?? [];
  if (kind === 'nil' || ours === 'nil') return theirs === null;
  return kind && theirs !== null ? theirs.startsWith(`${kind}: `) : ours === theirs;
}

/** A message as text: one that is not UTF-8 is dumped as its bytes. */
function textOf(message: DumpValue): string {
  if (typeof message === 'object' && message !== null && 'hex' in message) return decode(Buffer.from(String(message.hex), 'hex'));
  return String(message);
}

/** A message without the place in Prosody's own source. */
export function plainError(message: string): string {
  return message.replace(/^\/usr\/lib\/prosody\/\S+\.lua:\d+: /, '');
}

function isObject(json: Json | undefined): json is { readonly [key: string]: Json } {
  return typeof json === 'object' && json !== null && !Array.isArray(json) && !(json instanceof RawNumber);
}

function noteUnknown(json: Json, unknown: Map<string, number>): void {
  if (isObject(json) && json.$type === 'unknown') {
    const reason = String(json.reason);
    unknown.set(reason, (unknown.get(reason) ?? 0) + 1);
  } else if (Array.isArray(json)) for (const inner of json as readonly Json[]) noteUnknown(inner, unknown);
  else if (isObject(json))
    for (const [key, inner] of Object.entries(json)) {
      if (key.startsWith('?')) unknown.set(key.slice(1), 1);
      noteUnknown(inner, unknown);
    }
}

/** What we know must be so; what we do not know may be anything. */
function compareKnown(
  ours: Json | undefined,
  theirs: Json | undefined,
  place: string,
  note: (part: string, left: unknown, right: unknown) => void,
): void {
  if (isObject(ours) && ours.$type === 'unknown') return;
  if (Array.isArray(ours) && Array.isArray(theirs) && ours.length === theirs.length)
    for (const [index, value] of (ours as readonly Json[]).entries())
      compareKnown(value, (theirs as readonly Json[])[index], `${place}[${index}]`, note);
  else if (isObject(ours) && isObject(theirs)) {
    const unnamed = Object.keys(ours).filter(key => key.startsWith('?')).length;
    const unmatched = Object.keys(theirs).filter(key => !(key in ours));
    for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
      const left = key.startsWith('?') || (unmatched.includes(key) && unmatched.length <= unnamed);
      if (!left) compareKnown(ours[key], theirs[key], `${place}.${key}`, note);
    }
  } else if (JSON.stringify(ours) !== JSON.stringify(theirs)) note(place, ours, theirs);
}

function brief(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}
