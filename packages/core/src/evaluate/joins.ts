import type { Place, Written } from './journal.js';
import { LuaFault, type Run } from './run.js';
import { type Origin, sameValue, type Table, unknown, type Value } from './values.js';

/** How a block ended: by running through, or by a jump. */
export type Completion =
  | undefined
  | { readonly jump: 'break' }
  | { readonly jump: 'return'; readonly values: readonly Value[] }
  | { readonly jump: 'goto'; readonly label: string };

/**
 * Takes every way that an unknown condition leaves open, each from the same state, and joins what they did: what all
 * agree on stays known, the rest becomes unknown with its reason. A way that raises an error counts only if all do.
 */
export function takeAll(run: Run, reason: string, at: Origin, ways: readonly (() => Completion)[]): Completion {
  run.doubts.push(reason);
  const faults: LuaFault[] = [];
  const ends: { completion: Completion; written: readonly Written[] }[] = [];
  try {
    for (const way of ways) {
      const { result, written } = run.journal.attempt(() => attemptFault(way));
      if (result instanceof LuaFault) faults.push(result);
      else ends.push({ completion: result, written });
    }
  } finally {
    run.doubts.pop();
  }
  if (ends.length === 0) throw faults[0]!;
  joinWrites(run, reason, at, ends);
  return joinCompletions(
    reason,
    at,
    ends.map(end => end.completion),
  );
}

/** The value that may be any of these. */
export function joinValues(values: readonly Value[], reason: string, at: Origin | null): Value {
  const [first, ...rest] = values;
  if (first && rest.every(value => alike(first, value))) return first;
  const choices = values.flatMap(value => (value.kind === 'unknown' ? (value.choices ?? [value]) : [value]));
  const open = choices.find(value => value.kind === 'unknown');
  return open ? unknown(reason, at) : unknown(reason, at, choices);
}

/** Whether two values look the same to Prosody: equal, or tables with the same content. */
export function alike(a: Value, b: Value, depth = 0): boolean {
  if (sameValue(a, b) === true && !(a.kind === 'number' && b.kind === 'number' && a.float !== b.float)) return true;
  if (a.kind !== 'table' || b.kind !== 'table' || depth > 20) return false;
  const left = a.table.entries;
  const right = b.table.entries;
  if (left.size !== right.size) return false;
  for (const [key, entry] of left) {
    const other = right.get(key);
    if (!other || !alike(entry.value, other.value, depth + 1)) return false;
  }
  return true;
}

function attemptFault(way: () => Completion): Completion | LuaFault {
  try {
    return way();
  } catch (error) {
    if (error instanceof LuaFault) return error;
    throw error;
  }
}

function joinWrites(run: Run, reason: string, at: Origin, ends: readonly { written: readonly Written[] }[]): void {
  const seen = new Map<unknown, Set<unknown>>();
  for (const { written } of ends) {
    for (const place of written) {
      const keys = seen.get(place.map) ?? new Set();
      seen.set(place.map, keys);
      if (keys.has(place.key)) continue;
      keys.add(place.key);
      joinPlace(
        run,
        reason,
        at,
        place,
        ends.map(end => end.written.find(other => other.map === place.map && other.key === place.key)),
      );
    }
  }
}

function joinPlace(run: Run, reason: string, at: Origin, place: Place, results: readonly (Written | undefined)[]): void {
  const contents = results.map(result => (result ? (result.present ? result.value : undefined) : place.map.get(place.key)));
  run.journal.write(place.map, place.key, joinContents(contents, reason, at));
}

/** Joins what a Map holds at one key: a value, a table's entry, an option, or anything else, of which the last is kept. */
function joinContents(contents: readonly unknown[], reason: string, at: Origin): unknown {
  const present = contents.filter(content => content !== undefined);
  const sample = present.at(-1);
  if (present.every(content => content === sample) && present.length === contents.length) return sample;
  if (isObject(sample) && 'kind' in sample)
    return joinValues(
      contents.map(content => (content ?? NOTHING) as Value),
      reason,
      at,
    );
  if (isObject(sample) && 'value' in sample) {
    const values = contents.map(content => (content === undefined ? NOTHING : (content as { value: Value }).value));
    return { ...sample, value: joinValues(values, reason, at) };
  }
  return sample;
}

const NOTHING: Value = { kind: 'nil', origin: null };

function isObject(content: unknown): content is object {
  return typeof content === 'object' && content !== null && !(content instanceof Map);
}

function joinCompletions(reason: string, at: Origin, completions: readonly Completion[]): Completion {
  const [first] = completions;
  if (completions.every(completion => completion === undefined)) return undefined;
  if (completions.every(completion => completion?.jump === first?.jump && first?.jump !== 'return')) return first;
  const returns = completions.filter(completion => completion?.jump === 'return');
  // a `break` or `goto` on one side only: the loop may end or go on, which the next turn's own doubt covers
  if (returns.length === 0) return undefined;
  if (returns.length < completions.length) {
    // what comes behind may not happen; its value would be one more choice
    return { jump: 'return', values: [unknown(reason, at)] };
  }
  const length = Math.max(...returns.map(completion => completion.values.length));
  const values = Array.from({ length }, (_, index) =>
    joinValues(
      returns.map(completion => completion.values[index] ?? NOTHING),
      reason,
      at,
    ),
  );
  return { jump: 'return', values };
}

/** Marks a table as possibly having other entries than those known. */
export function openTable(run: Run, table: Table, reason: string): void {
  run.journal.write(table.state, 'open', unknown(reason));
}
