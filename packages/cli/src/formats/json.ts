import {
  type Finding,
  type Fix,
  lineStart,
  maskRanges,
  type Origin,
  positionAt,
  type Range,
  type Secrets,
  sortEdits,
  type TextEdit,
} from '@prosodist/core';
import { linesOf } from '../lines.js';
import type { CheckedTree, Summary } from '../report.js';
import { shownPath } from '../visible.js';
import type { RuleCount } from './report.js';

/** Findings as the JSON contract has them: lines and columns from 1, offsets from 0 in UTF-16 code units. */
export function jsonReport(
  trees: readonly CheckedTree[],
  summary: Summary,
  secrets: Secrets,
  statistics: readonly RuleCount[] | null = null,
): string {
  const findings = trees.flatMap(tree => tree.findings.map(finding => jsonFinding(finding, tree.textOf, secrets)));
  return `${JSON.stringify({ findings, summary, ...(statistics && { statistics }) }, null, 2)}\n`;
}

export type TextOf = (file: string) => string | undefined;

export function jsonFinding(finding: Finding, textOf: TextOf, secrets: Secrets): object {
  const { rule, severity, message, why, help, at, related, fix } = finding;
  return {
    rule,
    severity,
    message: secrets.hide(message),
    why: secrets.hide(why),
    help: secrets.hide(help),
    file: shownPath(at.file),
    range: jsonRange(at, textOf),
    related: related.map(place => ({
      file: shownPath(place.at.file),
      range: jsonRange(place.at, textOf),
      message: secrets.hide(place.message),
    })),
    fix: fix && jsonFix(fix, textOf, secrets),
  };
}

/** A place; without the text of its file (it cannot be read) everything is at its start. */
export function jsonRange(at: Origin, textOf: TextOf): object {
  const text = textOf(at.file);
  const index = linesOf(text ?? '');
  const place = (offset: number) => ({ ...positionAt(index, offset), offset: text === undefined ? 0 : offset });
  return { start: place(at.start), end: place(at.end) };
}

function jsonFix({ title, safety, edits, creates, links }: Fix, textOf: TextOf, secrets: Secrets): object {
  const shown = edits.map(({ file, ...edit }) => ({ file: shownPath(file), ...maskEdit(textOf(file) ?? '', edit, secrets) }));
  return {
    title: secrets.hide(title),
    safety,
    edits: shown,
    ...(creates.length > 0 && { creates: creates.map(({ file, text, secret }) => jsonNewFile(file, text, secret, secrets)) }),
    ...(links.length > 0 && { links: links.map(({ path, target }) => ({ path: shownPath(path), target })) }),
  };
}

export function jsonNewFile(file: string, text: string, secret: boolean, secrets: Secrets): object {
  const shown = maskRanges(text, secrets.scan(text));
  return { file: shownPath(file), text: shown, secret, ...(shown !== text && { masked: true }) };
}

/** An edit as it is shown. A masked one must not be made, so it says so. */
export type ShownEdit = TextEdit & { masked?: true };

/** Characters around an edit that are looked at: what tells that its text is a secret stands close. */
const NEAR = 2000;

export function maskEdit(before: string, { start, end, text }: TextEdit, secrets: Secrets): ShownEdit {
  const from = lineStart(before, Math.max(0, start - NEAR));
  const near = before.slice(from, start) + text + before.slice(end, end + NEAR);
  return masked({ start, end, text }, [...secrets.scan(near), ...shifted(secrets.scan(text), start - from)], start - from);
}

/**
 * Edits that together make `after`, with the secrets in their texts masked. Where those are is decided by the whole text:
 * an edit may hold a part of one only.
 */
export function maskEdits(after: string, edits: readonly TextEdit[], secrets: Secrets): ShownEdit[] {
  let moved = 0;
  return sortEdits(edits).map(edit => {
    const at = edit.start + moved;
    moved += edit.text.length - (edit.end - edit.start);
    return masked(edit, secrets.rangesIn(after), at);
  });
}

/** `ranges` count from where the edit's text is at `at`. */
function masked({ start, end, text }: TextEdit, ranges: readonly Range[], at: number): ShownEdit {
  const inside = shifted(ranges, -at)
    .map(range => ({ start: Math.max(0, range.start), end: Math.min(text.length, range.end) }))
    .filter(range => range.start < range.end);
  return { start, end, text: maskRanges(text, inside), ...(inside.length > 0 && { masked: true as const }) };
}

function shifted(ranges: readonly Range[], by: number): Range[] {
  return ranges.map(range => ({ start: range.start + by, end: range.end + by }));
}
