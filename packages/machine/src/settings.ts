import { dirname, join, relative, resolve } from 'node:path';
import {
  type FileSystem,
  LEVELS,
  lineIndex,
  nearestNames,
  PRESETS,
  type PresetName,
  type ProsodyVersion,
  positionAt,
  prosodyVersions,
  RULES,
  type Severity,
} from '@prosodist/core';
import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import picomatch from 'picomatch';
import { diskFiles } from './disk.js';

/** What the settings of a configuration are called; they stand beside its main file or above it. */
export const SETTINGS_FILE = 'prosodist.json';

/** What `prosodist.json` says. Its schema is docs/prosodist.schema.json. */
export interface Settings {
  /** Absolute path of the file. */
  readonly file: string;
  /** Absolute path of the main file of the configuration. */
  readonly entry?: string;
  readonly prosody?: ProsodyVersion;
  readonly preset?: PresetName;
  readonly rules?: Readonly<Record<string, Severity | 'off'>>;
  readonly ignore?: readonly string[];
  readonly baseline?: BaselinePlace;
}

/** The baseline that the settings name. */
export interface BaselinePlace {
  /** Absolute path. */
  readonly path: string;
  /** Where the settings name it; line and column from 1. */
  readonly line: number;
  readonly column: number;
}

/** A mistake in the file: where, and what to do. */
export interface SettingsProblem {
  /** Line and column from 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export type SettingsResult =
  | { readonly ok: true; readonly settings: Settings | null }
  | { readonly ok: false; readonly file: string; readonly problems: readonly SettingsProblem[] };

/**
 * Finds and reads the settings that hold for a file or folder: the nearest `prosodist.json` beside it or above.
 * @param from absolute path
 * @returns no settings where there is no such file
 */
export function findSettings(from: string, files: FileSystem = diskFiles()): SettingsResult {
  const isFolder = files.stat(from)?.kind === 'directory';
  for (let folder = isFolder ? from : dirname(from); ; folder = dirname(folder)) {
    const file = join(folder, SETTINGS_FILE);
    if (files.stat(file)?.kind === 'file') return readSettings(file, files);
    if (folder === dirname(folder)) return { ok: true, settings: null };
  }
}

/** Reads one settings file. @param file absolute path */
export function readSettings(file: string, files: FileSystem = diskFiles()): SettingsResult {
  const read = files.readFile(file);
  if (!read.ok)
    return { ok: false, file, problems: [{ line: 1, column: 1, message: `the file cannot be read: ${read.problem}` }] };
  return parseSettings(file, read.text);
}

/** Reads the text of a settings file; comments and trailing commas are allowed, as in VS Code's settings. */
export function parseSettings(file: string, text: string): SettingsResult {
  const errors: ParseError[] = [];
  const root = parseTree(text.replace(/^\ufeff/, ' '), errors, { allowTrailingComma: true });
  const problems: Problem[] = errors.map(({ offset, error }) => ({
    offset,
    message: `this is not JSON: ${words(printParseErrorCode(error))}`,
  }));
  if (problems.length === 0) problems.push(...problemsOf(root));
  if (problems.length > 0) {
    const index = lineIndex(text);
    return { ok: false, file, problems: problems.map(({ offset, message }) => ({ ...positionAt(index, offset), message })) };
  }
  const value = <Kind>(key: string): Kind | undefined => {
    const node = findNodeAtLocation(root!, [key]);
    return node && plain<Kind>(node);
  };
  const entry = value<string>('entry');
  const baseline = findNodeAtLocation(root!, ['baseline']);
  return {
    ok: true,
    settings: {
      file,
      ...(entry !== undefined && { entry: resolve(dirname(file), entry) }),
      ...defined('prosody', value<ProsodyVersion>('prosody')),
      ...defined('preset', value<PresetName>('preset')),
      ...defined('rules', value<Record<string, Severity | 'off'>>('rules')),
      ...defined('ignore', value<string[]>('ignore')),
      ...(baseline && {
        baseline: { path: resolve(dirname(file), plain<string>(baseline)), ...positionAt(lineIndex(text), baseline.offset) },
      }),
    },
  };
}

/** Whether the settings say that nothing is to be reported about a file. @returns undefined where no file is meant */
export function ignoredBy({ file, ignore = [] }: Settings, cwd: string): ((path: string) => boolean) | undefined {
  if (ignore.length === 0) return undefined;
  const folder = dirname(file);
  const matches = picomatch([...ignore], { dot: true });
  return path => {
    const inside = relative(folder, resolve(cwd, path));
    return !inside.startsWith('..') && matches(inside);
  };
}

interface Problem {
  readonly offset: number;
  readonly message: string;
}

type Check = (node: Node) => Problem[];

function problemsOf(root: Node | undefined): Problem[] {
  if (root?.type !== 'object')
    return [{ offset: root?.offset ?? 0, message: 'the settings are an object: { "preset": "recommended" }' }];
  return object(KEYS, 'setting')(root);
}

const text: Check = node =>
  node.type === 'string' && node.value !== '' ? [] : [{ offset: node.offset, message: 'this is a text in quotes' }];

const texts: Check = node =>
  node.type === 'array'
    ? (node.children ?? []).flatMap(text)
    : [{ offset: node.offset, message: 'this is a list of texts: [ "conf.avail/**" ]' }];

function oneOf(words: readonly string[]): Check {
  return node => {
    if (words.includes(node.value as string)) return [];
    const near = typeof node.value === 'string' ? nearestNames(node.value, words, 1) : [];
    const expected = `this is one of ${words.map(word => `"${word}"`).join(', ')}`;
    return [{ offset: node.offset, message: near[0] ? `${expected}; did you mean "${near[0]}"?` : expected }];
  };
}

function object(keys: Readonly<Record<string, Check>>, what: string): Check {
  return node => {
    if (node.type !== 'object') return [{ offset: node.offset, message: `this is an object: { "${Object.keys(keys)[0]}": … }` }];
    const seen = new Set<string>();
    return (node.children ?? []).flatMap(({ children }) => {
      const [key, value] = children ?? [];
      if (!key || !value) return [];
      const name = key.value as string;
      const twice = seen.has(name) ? [{ offset: key.offset, message: `\`${name}\` is here twice; keep one` }] : [];
      seen.add(name);
      if (Object.hasOwn(keys, name)) return [...twice, ...keys[name]!(value)];
      const near = nearestNames(name, Object.keys(keys));
      const all = Object.keys(keys).length > 10 ? '`prosodist rules` lists them' : `there are ${Object.keys(keys).join(', ')}`;
      return [
        {
          offset: key.offset,
          message: `there is no ${what} \`${name}\`; ${near.length > 0 ? `did you mean ${near.join(' or ')}?` : all}`,
        },
      ];
    });
  };
}

const level = oneOf(LEVELS);

const KEYS: Readonly<Record<string, Check>> = {
  preset: oneOf(Object.keys(PRESETS)),
  rules: object(Object.fromEntries(RULES.map(({ name }) => [name, level])), 'rule'),
  ignore: texts,
  entry: text,
  prosody: oneOf(prosodyVersions),
  baseline: text,
  $schema: text,
};

/** `CommaExpected` → "comma expected" */
function words(code: string): string {
  return code.replace(/(?<=[a-z])[A-Z]/g, letter => ` ${letter.toLowerCase()}`).toLowerCase();
}

function plain<Kind>(node: Node): Kind {
  const value: unknown =
    node.type === 'array'
      ? (node.children ?? []).map(plain)
      : node.type === 'object'
        ? Object.fromEntries((node.children ?? []).map(({ children }) => [children![0]!.value, plain(children![1]!)]))
        : node.value;
  return value as Kind;
}

function defined<Name extends string, Kind>(name: Name, value: Kind | undefined): { [key in Name]?: Kind } {
  return value === undefined ? {} : ({ [name]: value } as { [key in Name]: Kind });
}
