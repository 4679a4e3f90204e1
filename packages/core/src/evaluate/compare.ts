import { type Configuration, GLOBAL, hosts, type Option, type Section } from './configuration.js';
import { getEntry, openReason, sameValue, type Table, type TableValue, type Value } from './values.js';

/** One option that Prosody would have otherwise. */
export interface OptionChange {
  readonly name: string;
  /** `uncertain`: at least one of the two values is not known, so that nobody can say whether they differ. */
  readonly kind: 'added' | 'removed' | 'changed' | 'uncertain';
  readonly before: Option | null;
  readonly after: Option | null;
  /** For an option of the global section: the hosts and components that take it over, before or after. */
  readonly reaches: readonly string[];
}

/** One section that is not as it was. */
export interface SectionChange {
  readonly scope: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly before: Section | null;
  readonly after: Section | null;
  readonly options: readonly OptionChange[];
}

/**
 * What changes for Prosody between two readings: sections and options, not text. Moving a line, a comment or a file changes
 * nothing here. The global section first, then by name.
 */
export function compare(before: Configuration, after: Configuration): SectionChange[] {
  const names = [...new Set([...before.sections.keys(), ...after.sections.keys()])].sort((a, b) =>
    a === GLOBAL ? -1 : b === GLOBAL ? 1 : a < b ? -1 : 1,
  );
  return names.flatMap(scope => {
    const old = before.sections.get(scope) ?? null;
    const now = after.sections.get(scope) ?? null;
    const options = compareOptions(before, after, scope);
    if (old && now && options.length === 0) return [];
    return [{ scope, kind: old ? (now ? 'changed' : 'removed') : 'added', before: old, after: now, options } as const];
  });
}

function compareOptions(before: Configuration, after: Configuration, scope: string): OptionChange[] {
  const old = before.sections.get(scope)?.options ?? new Map<string, Option>();
  const now = after.sections.get(scope)?.options ?? new Map<string, Option>();
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap(name => {
    const a = old.get(name) ?? null;
    const b = now.get(name) ?? null;
    const kind = a && b ? difference(a.value, b.value) : a ? 'removed' : 'added';
    if (kind === undefined) return [];
    return [{ name, kind, before: a, after: b, reaches: scope === GLOBAL ? takers([before, after], name) : [] }];
  });
}

function difference(a: Value, b: Value): 'changed' | 'uncertain' | undefined {
  const differs = differ(a, b, new Set());
  return differs === false ? undefined : differs ? 'changed' : 'uncertain';
}

/**
 * Whether two values of two readings differ; `undefined` where that hangs on what is not known. The same thing that is not
 * known, such as one environment variable, is no difference, and neither is one function and another: each reading makes
 * its own.
 */
function differ(a: Value, b: Value, seen: Set<Table>): boolean | undefined {
  if (a.kind === 'unknown' || b.kind === 'unknown')
    return a.kind === 'unknown' && b.kind === 'unknown' && a.reason === b.reason ? false : undefined;
  if (a.kind !== b.kind) return true;
  if (a.kind === 'table' && b.kind === 'table') return differInside(a, b, seen);
  if (a.kind === 'number' && b.kind === 'number' && a.float !== b.float) return true;
  return a.kind !== 'function' && sameValue(a, b) === false;
}

function differInside(a: TableValue, b: TableValue, seen: Set<Table>): boolean | undefined {
  if (a.table === b.table || seen.has(a.table)) return false;
  seen.add(a.table);
  const keys = [...new Set([...a.table.entries.keys(), ...b.table.entries.keys()])].filter(key => typeof key !== 'object');
  const answers = keys.map(key => {
    const [left, right] = [getEntry(a, key), getEntry(b, key)];
    if (left && right) return differ(left.value, right.value, seen);
    return openReason(left ? b : a) === undefined ? true : undefined;
  });
  if (answers.includes(true)) return true;
  return answers.includes(undefined) || openReason(a) !== openReason(b) ? undefined : false;
}

/** To these a host's own value is added; every other option takes the place of the global one (core/modulemanager.lua). */
const ADDED = new Set(['modules_enabled', 'modules_disabled']);

/** The hosts that have no value of their own. Components read the global section like hosts do. */
function takers(configurations: readonly Configuration[], name: string): string[] {
  const found = configurations.flatMap(configuration =>
    hosts(configuration).filter(host => ADDED.has(name) || !host.options.has(name)),
  );
  return [...new Set(found.map(host => host.name))].sort();
}
