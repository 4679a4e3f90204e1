import { type Finding, lineIndex, type Origin, positionAt, type Secrets, type Severity } from '@prosodist/core';
import type { Colours } from '../colour.js';
import { linesOf } from '../lines.js';
import type { CheckedTree, Summary } from '../report.js';
import { shownPath } from '../visible.js';

/** What a format is given to print. */
export interface Report {
  readonly trees: readonly CheckedTree[];
  readonly summary: Summary;
  /** How often each rule reports, where that is asked for. */
  readonly statistics: readonly RuleCount[] | null;
  readonly colours: Colours;
  readonly width: number;
  readonly secrets: Secrets;
}

export interface RuleCount {
  readonly rule: string;
  readonly severity: Severity;
  readonly findings: number;
  /** Those of them with a safe fix. */
  readonly fixable: number;
}

/** A finding as machines take it: no secrets, and places as lines and columns. */
export interface Item {
  readonly finding: Finding;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly why: string;
  readonly help: string;
  readonly place: Place;
  readonly related: readonly { readonly message: string; readonly place: Place }[];
  readonly fingerprint: string;
  readonly textOf: CheckedTree['textOf'];
}

/** Lines and columns from 1, columns in UTF-16 code units. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The findings of a report, in its order. */
export function itemsOf({ trees, secrets }: Report): Item[] {
  return trees.flatMap(tree => tree.findings.map(finding => itemOf(finding, tree, secrets)));
}

export function itemOf(finding: Finding, { textOf, fingerprints }: CheckedTree, secrets: Secrets): Item {
  return {
    finding,
    rule: finding.rule,
    severity: finding.severity,
    message: secrets.hide(finding.message),
    why: secrets.hide(finding.why),
    help: secrets.hide(finding.help),
    place: placeOf(finding.at, textOf),
    related: finding.related.map(({ at, message }) => ({ message: secrets.hide(message), place: placeOf(at, textOf) })),
    fingerprint: fingerprints.get(finding) ?? '',
    textOf,
  };
}

export function placeOf({ file, start, end }: Origin, textOf: CheckedTree['textOf']): Place {
  const text = textOf(file);
  const index = text === undefined ? lineIndex('') : linesOf(text);
  const [first, last] = [positionAt(index, start), positionAt(index, end)];
  return { file: shownPath(file), line: first.line, column: first.column, endLine: last.line, endColumn: last.column };
}

/** The files of a report that have findings, in its order, each with its findings. */
export function byFile(items: readonly Item[]): Map<string, Item[]> {
  const files = new Map<string, Item[]>();
  for (const item of items) files.set(item.place.file, [...(files.get(item.place.file) ?? []), item]);
  return files;
}

/** The files that were read, by the names that they are reported under. */
export function filesOf({ trees }: Report): string[] {
  const all = trees.flatMap(({ result: { configuration, unlinked } }) => [
    ...configuration.documents.keys(),
    ...unlinked.map(({ file }) => file),
  ]);
  return [...new Set(all.map(shownPath))];
}

/** Message, reason and remedy as one text. */
export function prose({ message, why, help }: Item): string {
  return [`${message}.`, why, help].filter(part => part !== '' && part !== '.').join(' ');
}
