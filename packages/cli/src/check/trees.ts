import { type Finding, lint, Secrets } from '@prosodist/core';
import { ownPath, texts, treeFingerprints } from '@prosodist/machine';
import type { GlobalOptions } from '../context.js';
import { type Context, openTarget, STDIN_NAME, type Target } from '../context.js';
import { type CheckedTree, plural } from '../report.js';
import { lintSettings, prosodyOf, type SettingsOptions, settingsEntry, settingsFor } from '../settings.js';
import { CommandError } from '../status.js';
import { readStdin } from '../stdin.js';
import { shownPath } from '../visible.js';

export interface TargetOptions extends GlobalOptions, SettingsOptions {
  readonly stdinFilename?: string;
  /** The path that the one file which is named is to be judged as. */
  readonly as?: string;
}

/** A tree to check, the version to judge it by, and what the settings say. */
export interface Named extends Target {
  readonly named: string | undefined;
  readonly context: Context;
  readonly lint: ReturnType<typeof lintSettings>;
  /** Absolute path of the baseline that the settings name. */
  readonly baseline: string | undefined;
}

/** The trees that the arguments mean, several parts of one tree together. @throws CommandError for wrong use */
export async function targetsOf(context: Context, paths: readonly string[], options: TargetOptions): Promise<Named[][]> {
  const { stdinFilename, as } = options;
  const readsStdin = paths.includes('-');
  if (stdinFilename !== undefined && !readsStdin)
    throw new CommandError('--stdin-filename needs `-`, which reads standard input');
  if (readsStdin && paths.length > 1) throw new CommandError('`-` cannot be mixed with other paths');
  if (as !== undefined && paths.length !== 1) throw new CommandError('--as PATH says what one file is; name that one file');
  const open = (path: string | undefined, text?: string, name = as) => openNamed(context, path, options, text, name);
  if (readsStdin) return [[open(undefined, await readStdin(context.io.stdin), stdinFilename ?? as)]];
  if (as !== undefined) return [[open(paths[0], readFile(context, paths[0]!))]];
  return groups(paths.length === 0 ? [open(undefined)] : paths.map(path => open(path)));
}

function openNamed(
  context: Context,
  path: string | undefined,
  options: TargetOptions,
  text: string | undefined,
  name: string | undefined,
): Named {
  const settings = settingsFor(context.io, name ?? path, options);
  const prosody = prosodyOf(options.prosody, settings, context.prosody);
  const own = { ...context, prosody };
  const entry = settingsEntry(context.io, settings);
  const target = openTarget(own, path, text === undefined ? undefined : { text, name }, entry);
  return {
    ...target,
    named: name === undefined ? path : undefined,
    context: own,
    lint: lintSettings(context.io, settings, options),
    baseline: settings?.baseline?.path,
  };
}

function readFile(context: Context, path: string): string {
  const read = openTarget(context, path).files.readFile(ownPath(path));
  if (!read.ok) throw new CommandError(`${path}: --as is for a file, and this cannot be read as one (${read.problem})`);
  return read.text;
}

/** Several parts of one tree are checked together, once. */
function groups(all: readonly Named[]): Named[][] {
  const byEntry = new Map<string, Named[]>();
  for (const target of all) {
    const key = target.files.realPath(target.entry);
    byEntry.set(key, [...(byEntry.get(key) ?? []), target]);
  }
  return [...byEntry.values()];
}

/** What is wanted of a check beside its findings. */
export interface Wanted {
  /** Fingerprints are for baselines and for the formats that machines read; they take a moment. */
  readonly fingerprints: boolean;
  /** For the time that each rule takes. */
  readonly clock?: (() => number) | undefined;
}

/** Checks one tree, of which one or more parts were named. */
export function checkTree(context: Context, group: readonly Named[], { fingerprints, clock }: Wanted): CheckedTree {
  const { files, entry, complete, context: own, lint: settings } = group[0]!;
  const result = lint(files, entry, { prosody: own.prosody, complete, ...settings, ...(clock && { clock }) });
  const some = result.findings.length + result.suppressed.length > 0;
  const hidden = context.secrets.shown ? new Secrets(false) : context.secrets;
  // learning takes a moment, and without findings nothing of the files is printed
  if (some) for (const { configuration } of [result, ...result.unlinked]) hidden.learn(configuration);
  const whole = group.some(target => target.part === null);
  const parts = new Set(group.map(target => target.part));
  const touches = ({ at, related }: Finding) =>
    [at, ...related.map(place => place.at)].some(({ file }) => parts.has(files.realPath(file)));
  const findings = whole ? result.findings : result.findings.filter(touches);
  const elsewhere = result.findings.length - findings.length;
  if (elsewhere > 0) context.note(`${plural(elsewhere, 'more finding')} elsewhere in the tree of ${shownPath(entry)}`);
  const path = entry.endsWith(STDIN_NAME) || group.length > 1 ? undefined : group[0]!.named;
  return {
    result,
    findings,
    textOf: texts(files, result),
    path,
    fingerprints: fingerprints ? treeFingerprints(files, result, hidden) : new Map(),
    known: 0,
  };
}
