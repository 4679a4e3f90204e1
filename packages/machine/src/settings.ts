import { dirname, join, relative, resolve } from 'node:path';
import { type FileSystem, lineIndex, positionAt, settingsIn, type WrittenSettings } from '@prosodist/core';
import { diskFiles } from './disk.js';
import { matcherOf, readJson } from './settings-syntax.js';

/** What the settings of a configuration are called; they stand beside its main file or above it. */
export const SETTINGS_FILE = 'prosodist.json';

/** What `prosodist.json` says. Its schema is docs/prosodist.schema.json. */
export interface Settings extends Omit<WrittenSettings, 'baseline'> {
  /** Absolute path of the file. */
  readonly file: string;
  /** Absolute path of the main file of the configuration. */
  readonly entry?: string;
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
  const { root, problems } = readJson(text);
  const read = problems.length > 0 ? { ok: false as const, problems } : settingsIn(root);
  const index = lineIndex(text);
  if (!read.ok)
    return { ok: false, file, problems: read.problems.map(({ offset, message }) => ({ ...positionAt(index, offset), message })) };
  const { entry, baseline, ...settings } = read.settings;
  const path = (written: string) => resolve(dirname(file), written);
  return {
    ok: true,
    settings: {
      file,
      ...(entry !== undefined && { entry: path(entry) }),
      ...settings,
      ...(baseline && { baseline: { path: path(baseline.path), ...positionAt(index, baseline.offset) } }),
    },
  };
}

/** Whether the settings say that nothing is to be reported about a file. @returns undefined where no file is meant */
export function ignoredBy({ file, ignore = [] }: Settings, cwd: string): ((path: string) => boolean) | undefined {
  if (ignore.length === 0) return undefined;
  const folder = dirname(file);
  const matches = matcherOf(ignore);
  return path => {
    const inside = relative(folder, resolve(cwd, path));
    return !inside.startsWith('..') && matches(inside);
  };
}
