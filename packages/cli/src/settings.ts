import { relative, resolve } from 'node:path';
import { type LintOptions, type PresetName, type ProsodyVersion, severitiesOf } from '@prosodist/core';
import { findSettings, ignoredBy, readSettings, type Settings, type SettingsResult } from '@prosodist/machine';
import type { Io } from './io.js';
import { CommandError } from './status.js';
import { visible } from './visible.js';

/** The options about `prosodist.json`, as commander gives them. */
export interface SettingsOptions {
  /** A file to take in place of the one that is found; false for none (`--no-settings`). */
  readonly settings?: string | boolean;
  readonly preset?: PresetName;
}

/**
 * The settings for a path: those that were named, else the nearest `prosodist.json`.
 * @param path what is to be worked on; the working directory unless said
 * @throws CommandError with file, line and remedy of everything that is wrong in the file
 */
export function settingsFor({ cwd }: Io, path: string | undefined, { settings = true }: SettingsOptions): Settings | null {
  if (settings === false) return null;
  const result = typeof settings === 'string' ? readSettings(resolve(cwd, settings)) : findSettings(resolve(cwd, path ?? '.'));
  if (result.ok) return result.settings;
  throw new CommandError(problemLines(result, cwd));
}

function problemLines({ file, problems }: Extract<SettingsResult, { ok: false }>, cwd: string): string {
  const name = relative(cwd, file).startsWith('..') ? file : relative(cwd, file);
  return problems.map(({ line, column, message }) => visible(`${name}:${line}:${column}: ${message}`)).join('\nprosodist: ');
}

/** What settings and options mean for the lint. */
export function lintSettings(
  { cwd }: Io,
  settings: Settings | null,
  { preset }: SettingsOptions,
): Pick<LintOptions, 'severities' | 'ignores'> {
  const ignores = settings ? ignoredBy(settings, cwd) : undefined;
  return { severities: severitiesOf(preset ?? settings?.preset, settings?.rules), ...(ignores && { ignores }) };
}

/** The version of Prosody to judge by: what was asked for, then what the settings say. */
export function prosodyOf(
  asked: ProsodyVersion | undefined,
  settings: Settings | null,
  otherwise: ProsodyVersion,
): ProsodyVersion {
  return asked ?? settings?.prosody ?? otherwise;
}

/** The main file of the settings as the user would write it; undefined where they name none. */
export function settingsEntry({ cwd }: Io, settings: Settings | null): string | undefined {
  if (settings?.entry === undefined) return undefined;
  const path = relative(cwd, settings.entry);
  return path.startsWith('..') ? settings.entry : path;
}
