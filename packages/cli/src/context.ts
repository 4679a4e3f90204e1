import { type FileSystem, lint, overlayFiles, type ProsodyVersion, Secrets } from '@prosodist/core';
import { DEFAULT_ENTRY, diskFiles, findEntry, installedProsody, ownPath, revisionFiles } from '@prosodist/machine';
import { type Colours, coloursFor } from './colour.js';
import type { Io } from './io.js';
import { CommandError } from './status.js';

/** The options that every command has, as commander gives them. */
export interface GlobalOptions {
  readonly prosody?: ProsodyVersion;
  /** As given, one or more; `prosodist check` has more than text and json, and writes them to files. */
  readonly format?: readonly string[];
  readonly color: 'auto' | 'always' | 'never';
  readonly showSecrets?: boolean;
}

/** What a command needs of its surroundings. */
export interface Context {
  readonly io: Io;
  readonly json: boolean;
  readonly colours: Colours;
  readonly width: number;
  readonly prosody: ProsodyVersion;
  readonly secrets: Secrets;
  /** One line on stderr, about the run and not its result. */
  readonly note: (text: string) => void;
}

/** In: what was given. Out: the same, with defaults found and colours decided. */
export function contextOf(io: Io, options: GlobalOptions): Context {
  const secrets = new Secrets(options.showSecrets === true);
  return {
    io,
    json: isJson(options.format),
    colours: coloursFor(options.color, io),
    width: widthOf(io),
    prosody: options.prosody ?? installedProsody() ?? '13.0',
    secrets,
    note: text => io.stderr.write(`prosodist: ${secrets.hide(text)}\n`),
  };
}

/** @throws CommandError for what only `prosodist check` can print */
function isJson(formats: readonly string[] = []): boolean {
  const other = formats.find(format => !['text', 'json'].includes(format));
  if (other !== undefined || formats.length > 1)
    throw new CommandError(
      other === undefined
        ? 'one --format is enough here; only `prosodist check` prints several at once'
        : `--format ${other} is not printed here; there are text and json (\`prosodist check\` has more)`,
    );
  return formats[0] === 'json';
}

/** Narrower than this, nothing is readable; without a terminal, a page. */
function widthOf({ env, columns, isTTY }: Io): number {
  const asked = Number(env.COLUMNS);
  const width = Number.isInteger(asked) && asked > 0 ? asked : isTTY && columns ? columns : 100;
  return Math.max(40, width);
}

/** One configuration tree to work on. */
export interface Target {
  readonly files: FileSystem;
  readonly entry: string;
  /** False for a lone file. */
  readonly complete: boolean;
  /** The file that was named, as a real path, where it is only a part of the tree; null for the whole tree. */
  readonly part: string | null;
}

/** Where a text from standard input stands when nobody says where. */
export const STDIN_NAME = '<stdin>';

/**
 * Finds the tree that a path means.
 * @param stdin the text of `-` and the path it stands for
 * @param entry the main file that the settings name
 * @throws CommandError when there is none
 */
export function openTarget(
  context: Context,
  path: string | undefined,
  stdin?: { text: string; name: string | undefined },
  entry: string | undefined = undefined,
): Target {
  const disk = diskFiles({ cwd: context.io.cwd });
  const options = { prosody: context.prosody, entry };
  if (stdin && stdin.name === undefined) {
    const own = ownPath(STDIN_NAME);
    return { files: overlayFiles(disk, new Map([[own, stdin.text]])), entry: own, complete: false, part: null };
  }
  const named = stdin?.name ?? path ?? entry ?? DEFAULT_ENTRY;
  const files = stdin ? overlayFiles(disk, new Map([[ownPath(named), stdin.text]])) : disk;
  const found = findEntry(named, files, options);
  if ('problem' in found) {
    const remedy = path === undefined && !stdin ? '; name the file or folder of the configuration' : '';
    throw new CommandError(found.problem + remedy);
  }
  return {
    files,
    entry: found.entry,
    complete: found.complete,
    part: found.part === undefined ? null : files.realPath(found.part),
  };
}

/**
 * The tree that `REVISION:PATH` means, as git writes it; undefined for what is a path, or no such form.
 * @throws CommandError when git has no such revision or file
 */
export function openRevision(context: Context, path: string | undefined): Target | undefined {
  const [, revision, inside] = /^([^:]+):(.+)$/.exec(path ?? '') ?? [];
  const disk = diskFiles({ cwd: context.io.cwd });
  if (revision === undefined || inside === undefined || disk.stat(ownPath(path!))) return undefined;
  const files = revisionFiles(revision, context.io.cwd);
  if ('problem' in files) throw new CommandError(files.problem);
  const found = findEntry(inside, files, { prosody: context.prosody });
  if ('problem' in found) throw new CommandError(`in revision ${revision}: ${found.problem}`);
  return { files, entry: found.entry, complete: found.complete, part: null };
}

/** Learns the secrets of a tree, and of the files beside it that wait to be linked: fixes may speak of those too. */
export function learnTree({ secrets, prosody }: Context, files: FileSystem, { entry, complete }: Target): void {
  const { configuration, unlinked } = lint(files, entry, { prosody, complete, rules: [] });
  for (const tree of [configuration, ...unlinked.map(waiting => waiting.configuration)]) secrets.learn(tree);
}
