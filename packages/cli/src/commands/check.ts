import type { Severity } from '@prosodist/core';
import picocolors from 'picocolors';
import { baselinesOf, compared } from '../check/baseline.js';
import { countsOf, outcomeOf, thresholdOf } from '../check/outcome.js';
import { type Output, outputsOf, print } from '../check/outputs.js';
import { progress } from '../check/progress.js';
import { timingText } from '../check/timing.js';
import { checkTree, type Named, type TargetOptions, targetsOf, type Wanted } from '../check/trees.js';
import { watchTrees } from '../check/watch.js';
import { type Context, contextOf } from '../context.js';
import type { Io } from '../io.js';
import { type CheckedTree, reaches, summarize } from '../report.js';
import { CommandError } from '../status.js';
import { shownPath } from '../visible.js';
import { warnOfInterrupted } from '../writing.js';

export interface CheckOptions extends TargetOptions {
  readonly failOn?: Severity;
  readonly maxWarnings?: number;
  readonly quiet?: boolean;
  readonly statistics?: boolean;
  readonly timing?: boolean;
  readonly watch?: boolean;
  readonly outputFile?: string;
  readonly baseline?: string;
  readonly writeBaseline?: boolean;
  readonly pruneBaseline?: boolean;
}

/** `prosodist check`: reports findings. Statuses: 0 none at or above the threshold, 1 some, 2 wrong use. */
export async function check(io: Io, paths: readonly string[], options: CheckOptions): Promise<number> {
  const outputs = outputsOf(options.format, options.outputFile);
  assertUse(paths, options);
  let status = 0;
  const once = async () => {
    // secrets are learnt anew each time: a password that is gone from the files is a word like others
    const context = contextOf(io, { ...options, format: [] });
    const groups = await targetsOf(context, paths, options);
    const isCompared = baselinesOf(context.io, groups, options).some(name => name !== undefined);
    const fingerprints = isCompared || outputs.some(({ format }) => format !== 'text');
    const trees = checkAll(context, groups, { fingerprints, clock: options.timing ? clock : undefined });
    status = tell(context, trees, groups, outputs, options);
    return trees;
  };
  if (options.watch) await watchTrees(io, once);
  else await once();
  return status;
}

function assertUse(paths: readonly string[], options: CheckOptions): void {
  const { writeBaseline, pruneBaseline, watch } = options;
  if (writeBaseline && pruneBaseline) throw new CommandError('--write-baseline takes out what is gone too; give one of the two');
  if (watch && paths.includes('-')) throw new CommandError('--watch cannot watch standard input; name a file or folder');
}

const clock = (): number => performance.now();

function checkAll(context: Context, groups: readonly (readonly Named[])[], wanted: Wanted): CheckedTree[] {
  const line = progress(context.io, groups.length, clock);
  const trees = groups.map((group, at) => {
    line.at(at, shownPath(group[0]!.entry));
    warnOfInterrupted(context, group[0]!.entry);
    return checkTree(context, group, wanted);
  });
  line.clear();
  return trees;
}

function tell(
  context: Context,
  checked: readonly CheckedTree[],
  groups: readonly (readonly Named[])[],
  outputs: readonly Output[],
  options: CheckOptions,
): number {
  const trees = compared(context, checked, groups, options);
  const found = trees.flatMap(tree => tree.findings);
  const { status, why } = outcomeOf(found, options);
  const threshold = thresholdOf(options);
  const counts = ({ severity }: (typeof found)[number]) =>
    reaches([{ severity }], threshold) || (why !== null && severity === 'warning');
  const shown = options.quiet ? trees.map(tree => ({ ...tree, findings: tree.findings.filter(counts) })) : trees;
  if (!options.quiet || shown.some(tree => tree.findings.length > 0) || outputs.some(({ format }) => format !== 'text')) {
    const statistics = options.statistics ? countsOf(shown.flatMap(tree => tree.findings)) : null;
    const report = { ...context, trees: shown, summary: summarize(shown), statistics };
    print(context.io, outputs, report, picocolors.createColors(false));
  }
  if (why !== null) context.note(why);
  if (options.timing) context.io.stderr.write(timingText(sumOf(checked)));
  return status;
}

function sumOf(trees: readonly CheckedTree[]): Map<string, number> {
  const sum = new Map<string, number>();
  for (const { result } of trees) for (const [rule, time] of result.timing) sum.set(rule, (sum.get(rule) ?? 0) + time);
  return sum;
}
