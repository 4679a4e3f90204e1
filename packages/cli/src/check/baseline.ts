import { relative, resolve } from 'node:path';
import type { Finding, Secrets } from '@prosodist/core';
import { type BaselineEntry, baselineText, diskFiles, readBaseline } from '@prosodist/machine';
import type { Context } from '../context.js';
import type { Io } from '../io.js';
import { type CheckedTree, plural } from '../report.js';
import { CommandError } from '../status.js';
import { shownPath } from '../visible.js';
import { writeOutput } from './outputs.js';
import type { Named } from './trees.js';

/** The options of `check` about baselines. */
export interface BaselineOptions {
  readonly baseline?: string;
  readonly writeBaseline?: boolean;
  readonly pruneBaseline?: boolean;
}

type Group = readonly Named[];

/**
 * The baseline of each tree as the user would write it: that of `--baseline`, else the one that its settings name.
 * @throws CommandError when one is to be written and there is none
 */
export function baselinesOf(
  { cwd }: Io,
  groups: readonly Group[],
  { baseline, writeBaseline, pruneBaseline }: BaselineOptions,
): (string | undefined)[] {
  return groups.map(([first]) => {
    const path = first?.baseline;
    const near = path === undefined ? undefined : relative(cwd, path);
    const name = baseline ?? (near?.startsWith('..') ? path : near);
    if (name === undefined && (writeBaseline || pruneBaseline)) {
      const option = writeBaseline ? '--write-baseline' : '--prune-baseline';
      throw new CommandError(`${option} needs --baseline FILE, or "baseline" in prosodist.json`);
    }
    return name;
  });
}

/** The trees without what their baselines have; and the baselines brought up to date, where that is asked for. */
export function compared(
  context: Context,
  trees: readonly CheckedTree[],
  groups: readonly Group[],
  options: BaselineOptions,
): readonly CheckedTree[] {
  const names = baselinesOf(context.io, groups, options);
  const out = [...trees];
  for (const name of new Set(names)) {
    if (name === undefined) continue;
    const places = names.flatMap((other, at) => (other === name ? [at] : []));
    const of = <Item>(items: readonly Item[]) => places.map(at => items[at]!);
    const left = comparedWith(name, context, of(trees), of(groups), options);
    for (const [index, at] of places.entries()) out[at] = left[index]!;
  }
  return out;
}

function comparedWith(
  baseline: string,
  context: Context,
  trees: readonly CheckedTree[],
  groups: readonly Group[],
  options: BaselineOptions,
): readonly CheckedTree[] {
  const { writeBaseline: writes, pruneBaseline: prunes } = options;
  const isPart = groups.some(group => group.every(({ part }) => part !== null));
  if ((writes || prunes) && isPart)
    throw new CommandError('a baseline is written from whole trees; name the main file or its folder, not a part');
  if (writes) {
    const entries = entriesOf(trees, context.secrets);
    write(context.io, baseline, entries);
    context.note(`${plural(entries.length, 'finding')} written to ${baseline}`);
    return trees.map(tree => withoutKnown(tree, entries).tree);
  }
  const entries = read(context.io, baseline, options.baseline !== undefined);
  const parted = trees.map(tree => withoutKnown(tree, entries));
  const used = new Set(parted.flatMap(part => [...part.used]));
  const gone = entries.filter(({ fingerprint }) => !used.has(fingerprint)).length;
  if (prunes) {
    const kept = entries.filter(({ fingerprint }) => used.has(fingerprint));
    if (gone > 0) write(context.io, baseline, kept);
    context.note(`${plural(gone, 'finding')} taken out of ${baseline}`);
  } else if (gone > 0 && !isPart) {
    context.note(
      `${plural(gone, 'finding')} of ${baseline} ${gone === 1 ? 'is' : 'are'} gone; --prune-baseline takes ${gone === 1 ? 'it' : 'them'} out`,
    );
  }
  return parted.map(({ tree }) => tree);
}

function read({ cwd }: Io, name: string, asked: boolean): readonly BaselineEntry[] {
  const result = readBaseline(diskFiles(), resolve(cwd, name));
  if (result.ok) return result.entries;
  const where = asked ? `the baseline ${name}` : `the baseline ${name}, which prosodist.json names,`;
  const remedy = asked ? `prosodist check --baseline ${name} --write-baseline` : 'prosodist check --write-baseline';
  throw new CommandError(`${where} ${result.problem}; \`${remedy}\` writes it`);
}

/** A tree without the findings that the baseline has, and the entries that were used for that. */
function withoutKnown(
  tree: CheckedTree,
  entries: readonly BaselineEntry[],
): { readonly tree: CheckedTree; readonly used: ReadonlySet<string> } {
  const known = new Set(entries.map(({ fingerprint }) => fingerprint));
  const isKnown = (finding: Finding) => known.has(tree.fingerprints.get(finding)!);
  const hidden = tree.findings.filter(isKnown);
  return {
    tree: { ...tree, findings: tree.findings.filter(finding => !isKnown(finding)), known: hidden.length },
    used: new Set(hidden.map(finding => tree.fingerprints.get(finding)!)),
  };
}

/** The entries of what is found now. */
function entriesOf(trees: readonly CheckedTree[], secrets: Secrets): BaselineEntry[] {
  return trees.flatMap(({ findings, fingerprints }) =>
    findings.map(finding => ({
      rule: finding.rule,
      file: shownPath(finding.at.file),
      message: secrets.hide(finding.message),
      fingerprint: fingerprints.get(finding)!,
    })),
  );
}

function write({ cwd }: Io, name: string, entries: readonly BaselineEntry[]): void {
  writeOutput(resolve(cwd, name), name, baselineText(entries));
}
