import type { Finding, Severity } from '@prosodist/core';
import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver-types';
import { type Text, toRange } from '../positions.js';
import { findFile, findingsOf, type Tree, textOf } from '../tree.js';

/** What the client can show; everything unless said. */
export interface DiagnosticOptions {
  readonly relatedInformation?: boolean;
  readonly tags?: boolean;
  readonly codeDescription?: boolean;
}

/** How a diagnostic leads back to its finding. */
export interface DiagnosticData {
  readonly rule: string;
  /** Offsets of the finding, UTF-16 code units from 0. */
  readonly start: number;
  readonly end: number;
}

/** The name under which editors show where a finding comes from. */
export const SOURCE = 'prosodist';

/** The page of a rule. */
export function ruleUrl(rule: string): string {
  return `https://github.com/prosodist/prosodist/blob/main/packages/core/src/rules/${rule}/rule.md`;
}

/**
 * The findings of one file as diagnostics, in the order of the text.
 * @param path the file under whatever name: links are followed
 */
export function diagnostics(tree: Tree, path: string, options: DiagnosticOptions = {}): Diagnostic[] {
  const texts = new Map<string, Text>();
  const sourceOf = (file: string) => {
    const text = texts.get(file) ?? sourceIn(tree, file);
    texts.set(file, text);
    return text;
  };
  return findingsOf(tree, path).map(finding => toDiagnostic(tree, finding, options, sourceOf));
}

/**
 * One finding as a diagnostic of the file that it is in.
 * @param sourceOf the text of a file, for who has it at hand
 */
export function toDiagnostic(
  tree: Tree,
  finding: Finding,
  options: DiagnosticOptions = {},
  sourceOf: (file: string) => Text = file => sourceIn(tree, file),
): Diagnostic {
  const { rule, at } = finding;
  const tags = options.tags === false ? [] : tagsOf(rule);
  const related = options.relatedInformation === false ? [] : relatedOf(tree, finding, sourceOf);
  return {
    range: toRange(sourceOf(at.file), at),
    severity: SEVERITIES[finding.severity],
    code: rule,
    ...(options.codeDescription === false ? {} : { codeDescription: { href: ruleUrl(rule) } }),
    source: SOURCE,
    message: [finding.message, finding.why, finding.help].filter(line => line !== '').join('\n'),
    ...(tags.length > 0 ? { tags } : {}),
    ...(related.length > 0 ? { relatedInformation: related } : {}),
    data: { rule, start: at.start, end: at.end } satisfies DiagnosticData,
  };
}

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

/** Rules say in their name when text has no effect, or when its time is over. */
function tagsOf(rule: string): DiagnosticTag[] {
  if (/(?:^|-)(?:deprecated|obsolete|outdated)(?:-|$)/.test(rule)) return [DiagnosticTag.Deprecated];
  if (
    /(?:^|-)(?:unused|unread|unnecessary|duplicate|dead|dropped|swallowed|unreachable|overridden|ineffective)(?:-|$)/.test(rule)
  )
    return [DiagnosticTag.Unnecessary];
  return [];
}

function relatedOf(tree: Tree, { related }: Finding, sourceOf: (file: string) => Text) {
  return related.map(({ message, at }) => ({
    message,
    location: { uri: tree.uriOf(at.file), range: toRange(sourceOf(at.file), at) },
  }));
}

function sourceIn(tree: Tree, file: string): Text {
  return findFile(tree, file)?.document ?? { text: textOf(tree, file) ?? '' };
}
