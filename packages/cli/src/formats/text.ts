import { type Finding, positionAt, type Related, type Secrets } from '@prosodist/core';
import { type Colours, severityColour } from '../colour.js';
import { frame, type Mark } from '../frame.js';
import { linesOf } from '../lines.js';
import { type CheckedTree, counted, plural, type Summary } from '../report.js';
import { shownPath, visible, wrap } from '../visible.js';
import type { RuleCount } from './report.js';

export interface TextStyle {
  readonly colours: Colours;
  readonly width: number;
  readonly secrets: Secrets;
}

/** Findings as people read them: what, where with the lines themselves, why, and what to do; then one line that sums up. */
export function textReport(
  trees: readonly CheckedTree[],
  summary: Summary,
  style: TextStyle,
  statistics: readonly RuleCount[] | null = null,
): string {
  const blocks = trees.flatMap(tree => tree.findings.map(finding => block(finding, tree, style).join('\n')));
  const counts = statistics && statistics.length > 0 ? [statistics.map(count => countLine(count, style)).join('\n')] : [];
  return [...blocks, ...counts, summaryLine(trees, summary, style)].join('\n\n').concat('\n');
}

function countLine({ rule, severity, findings, fixable }: RuleCount, { colours }: TextStyle): string {
  const fixes = fixable > 0 ? `  (${fixable} can be fixed)` : '';
  return `${String(findings).padStart(5)}  ${severityColour(colours, severity)(severity.padEnd(7))}  ${rule}${fixes}`;
}

function block(finding: Finding, tree: CheckedTree, style: TextStyle): string[] {
  const { colours, secrets } = style;
  const colour = severityColour(colours, finding.severity);
  const say = (text: string) => visible(secrets.hide(text));
  const title = `${colour(`${finding.severity}[${finding.rule}]`)}: ${say(finding.message)}`;
  const places = frames(finding, tree, style);
  const fix = finding.fix && `${say(finding.fix.title)} (${finding.fix.safety})`;
  const notes = [
    ['why', say(finding.why)],
    ['help', say(finding.help)],
    ['fix available', fix ?? ''],
  ] as const;
  const pad = ' '.repeat(places.gutter);
  const lines = notes.filter(([, text]) => text !== '').flatMap(([name, text]) => note(name, text, pad, style));
  const gap = places.lines.length > 1 && lines.length > 0 ? [`${pad} ${colours.blue('|')}`] : [];
  return [colours.bold(title), ...places.lines, ...gap, ...lines];
}

/** The frames of the finding's files, the one of the finding itself first. */
function frames(finding: Finding, tree: CheckedTree, style: TextStyle): { lines: string[]; gutter: number } {
  const { colours, width, secrets } = style;
  const files = new Set([finding.at.file, ...finding.related.map(({ at }) => at.file)]);
  const sources = [...files].map(file => ({ file, text: tree.textOf(file), marks: marksOf(finding, file, secrets) }));
  const lineNumbers = sources.flatMap(({ text, marks }) =>
    text === undefined ? [] : marks.map(mark => positionAt(linesOf(text), mark.end).line),
  );
  const gutter = String(Math.max(1, ...lineNumbers)).length;
  const lines = sources.flatMap(({ file, text, marks }, at) => {
    const arrow = colours.blue(at === 0 ? '-->' : ':::');
    const name = visible(shownPath(file));
    if (text === undefined) return [`${' '.repeat(gutter)}${arrow} ${name}`];
    const first = marks.find(mark => mark.primary) ?? marks[0]!;
    const { line, column } = positionAt(linesOf(text), first.start);
    const options = {
      width,
      colours,
      colour: severityColour(colours, finding.severity),
      gutter,
      secrets: secrets.rangesIn(text),
    };
    return [`${' '.repeat(gutter)}${arrow} ${name}:${line}:${column}`, ...frame(text, marks, options)];
  });
  return { lines, gutter };
}

function marksOf(finding: Finding, file: string, secrets: Secrets): Mark[] {
  const own: Mark[] = finding.at.file === file ? [{ ...finding.at, label: '', primary: true }] : [];
  const related = finding.related.filter(({ at }) => at.file === file);
  return [...own, ...related.map(({ at, message }: Related) => ({ ...at, label: secrets.hide(message), primary: false }))];
}

function note(name: string, text: string, pad: string, { colours, width }: TextStyle): string[] {
  const head = `${pad} ${colours.blue('=')} ${colours.bold(`${name}:`)} `;
  const indent = ' '.repeat(pad.length + name.length + 5);
  return wrap(text, Math.max(30, width - indent.length)).map((line, at) => (at === 0 ? head : indent) + line);
}

function summaryLine(trees: readonly CheckedTree[], summary: Summary, { colours }: TextStyle): string {
  const findings = trees.flatMap(tree => tree.findings);
  const total = `${counted(summary)} in ${plural(summary.files, 'file')}`;
  const unsafe = findings.filter(finding => finding.fix?.safety === 'unsafe' && !finding.fix.choice).length;
  const path = trees.length === 1 && trees[0]!.path !== undefined ? ` ${trees[0]!.path}` : '';
  const command = (options: string) => `\`prosodist ${trees[0]?.command ?? 'fix'} ${options}${path}\``;
  const fixes = [
    ...(summary.fixable > 0 ? [`${summary.fixable} can be fixed with ${command('--write')}`] : []),
    ...(unsafe > 0
      ? [
          `${summary.fixable > 0 ? `${unsafe} more` : `${unsafe} can be fixed`} with ${summary.fixable > 0 ? '`--unsafe`' : command('--unsafe')}`,
        ]
      : []),
  ];
  const hidden = [
    ...(summary.suppressed > 0 ? [`${summary.suppressed} ignored by comments`] : []),
    ...(summary.baseline > 0 ? [`${summary.baseline} in the baseline`] : []),
  ];
  const said = [total, ...hidden, ...(fixes.length > 0 ? [fixes.join(', ')] : [])].join('; ');
  const colour =
    summary.errors > 0 ? colours.red : summary.warnings > 0 ? colours.yellow : findings.length === 0 ? colours.green : String;
  return colours.bold(colour(said));
}
