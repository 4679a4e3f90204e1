// What became of a tree by an installer's commands, held against what was asked for.
import { parse } from '@prosodist/core';
import type { ConfigDump, Files } from '../support/prosody.js';

/** In the order of gravity; the first that holds is told. */
export const VERDICTS = [
  'does not load',
  'wrong scope',
  'duplicated',
  'wrong value',
  'did nothing',
  'no effect',
  'guessed',
  'lost a comment',
  'lost a link',
  'changed again',
  'same',
] as const;

export type Verdict = (typeof VERDICTS)[number];

/** One case, as one version of Prosody reads it. */
export interface Judged {
  readonly outcome: string;
  readonly before: { readonly files: Files; readonly dump: ConfigDump };
  /** What is wanted. */
  readonly wanted: { readonly files: Files; readonly dump: ConfigDump };
  readonly first: { readonly files: Files; readonly dump: ConfigDump };
  /** The tree after the same commands once more. */
  readonly second: Files;
}

/**
 * `same`: Prosody has in memory what it should, comments and links are as they were, and the second run changes nothing.
 * Of a case that has to be refused, or that is so already, all that is written counts as a guess, or as written twice.
 */
export function judge({ outcome, before, wanted, first, second }: Judged): Verdict {
  const untouched = isSame(before.files, first.files);
  if (before.dump.ok && !first.dump.ok) return 'does not load';
  if (outcome.startsWith('refused')) return untouched ? 'same' : 'guessed';
  const changes = differences(before.dump, first.dump);
  const asked = differences(before.dump, wanted.dump);
  const right = asConfig(first.dump) === asConfig(wanted.dump);
  if (!right && changes.some(change => !asked.includes(change))) return 'wrong scope';
  if (duplicates(first.dump) > duplicates(wanted.dump)) return 'duplicated';
  if (!right && untouched) return 'did nothing';
  if (!right) return changes.length === 0 ? 'no effect' : 'wrong value';
  if (lostComment(before.files, wanted.files, first.files)) return 'lost a comment';
  if (lostLink(wanted.files, first.files)) return 'lost a link';
  return isSame(first.files, second) ? 'same' : 'changed again';
}

/** What Prosody has in memory; where in a list a new entry stands is nobody's mistake. */
function asConfig({ config }: ConfigDump): string {
  return JSON.stringify(sorted(config));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, item]) => [key, sorted(item)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The options of sections that have another value, or come or go. */
function differences(before: ConfigDump, after: ConfigDump): string[] {
  const sections = new Set([...Object.keys(before.config), ...Object.keys(after.config)]);
  return [...sections].flatMap(section => {
    const [old, young] = [before.config[section] ?? {}, after.config[section] ?? {}];
    const names = new Set([...Object.keys(old), ...Object.keys(young)]);
    const own = [...names].filter(name => JSON.stringify(sorted(old[name])) !== JSON.stringify(sorted(young[name])));
    const there = section in before.config === section in after.config ? [] : [section];
    return [...there, ...own.map(name => `${section}\n${name}`)];
  });
}

function duplicates({ warnings }: ConfigDump): number {
  return warnings.filter(warning => /duplicate/i.test(warning)).length;
}

function lostComment(before: Files, wanted: Files, after: Files): boolean {
  const [had, should, have] = [before, wanted, after].map(commentsOf) as [string[], string[], string[]];
  for (const comment of should) {
    if (!had.includes(comment)) continue;
    const at = have.findIndex(other => other.includes(comment));
    if (at < 0) return true;
    have.splice(at, 1);
  }
  return false;
}

function commentsOf(files: Files): string[] {
  return Object.values(files).flatMap(text =>
    typeof text === 'string' ? parse(text).comments.map(({ start, end }) => text.slice(start, end).trim()) : [],
  );
}

function lostLink(wanted: Files, after: Files): boolean {
  return Object.entries(wanted).some(([path, spec]) => isLink(spec) && path in after && !isLink(after[path]!));
}

function isLink(spec: Files[string]): boolean {
  return typeof spec === 'object' && 'link' in spec;
}

function isSame(a: Files, b: Files): boolean {
  const list = (files: Files) => JSON.stringify(Object.entries(files).sort(([x], [y]) => (x < y ? -1 : 1)));
  return list(a) === list(b);
}
