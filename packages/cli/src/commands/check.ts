import { type Finding, lint, type Severity } from '@prosodist/core';
import { type Context, contextOf, type GlobalOptions, openTarget, STDIN_NAME, type Target } from '../context.js';
import { jsonReport } from '../formats/json.js';
import { textReport } from '../formats/text.js';
import type { Io } from '../io.js';
import { type CheckedTree, plural, reaches, summarize, texts } from '../report.js';
import { CommandError, STATUS } from '../status.js';
import { readStdin } from '../stdin.js';
import { chunk, shownPath } from '../visible.js';

export interface CheckOptions extends GlobalOptions {
  readonly stdinFilename?: string;
  readonly failOn: Severity;
}

/** `prosodist check`: reports findings. Statuses: 0 none at or above the threshold, 1 some, 2 wrong use. */
export async function check(io: Io, paths: readonly string[], options: CheckOptions): Promise<number> {
  const context = contextOf(io, options);
  const trees = groups(await targets(context, paths, options)).map(group => checkTree(context, group));
  const summary = summarize(trees);
  const report = context.json ? jsonReport(trees, summary, context.secrets) : textReport(trees, summary, context);
  io.stdout.write(chunk(report));
  const found = trees.flatMap(tree => tree.findings);
  return reaches(found, options.failOn) ? STATUS.findings : STATUS.ok;
}

interface Named extends Target {
  readonly named: string | undefined;
}

async function targets(context: Context, paths: readonly string[], { stdinFilename }: CheckOptions): Promise<Named[]> {
  const [first, ...rest] = paths;
  const readsStdin = paths.includes('-');
  if (stdinFilename !== undefined && !readsStdin)
    throw new CommandError('--stdin-filename needs `-`, which reads standard input');
  if (readsStdin && paths.length > 1) throw new CommandError('`-` cannot be mixed with other paths');
  if (readsStdin) {
    const stdin = { text: await readStdin(context.io.stdin), name: stdinFilename };
    return [{ ...openTarget(context, undefined, stdin), named: undefined }];
  }
  if (first === undefined) return [{ ...openTarget(context, undefined), named: undefined }];
  return [first, ...rest].map(path => ({ ...openTarget(context, path), named: path }));
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

function checkTree(context: Context, group: readonly Named[]): CheckedTree {
  const { files, entry, complete } = group[0]!;
  const result = lint(files, entry, { prosody: context.prosody, complete });
  // learning takes a moment, and without findings nothing of the files is printed
  if (result.findings.length > 0)
    for (const { configuration } of [result, ...result.unlinked]) context.secrets.learn(configuration);
  const whole = group.some(target => target.part === null);
  const parts = new Set(group.map(target => target.part));
  const touches = ({ at, related }: Finding) =>
    [at, ...related.map(place => place.at)].some(({ file }) => parts.has(files.realPath(file)));
  const findings = whole ? result.findings : result.findings.filter(touches);
  const elsewhere = result.findings.length - findings.length;
  if (elsewhere > 0) context.note(`${plural(elsewhere, 'more finding')} elsewhere in the tree of ${shownPath(entry)}`);
  const path = entry.endsWith(STDIN_NAME) || group.length > 1 ? undefined : group[0]!.named;
  return { result, findings, textOf: texts(files, result), path };
}
