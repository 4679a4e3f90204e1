import { remember } from './builder.js';
import type { Place, Written } from './journal.js';
import { LuaFault, type Run, work } from './run.js';
import { type Origin, openEnd, sameValue, type Table, unknown, type Value, valueAt } from './values.js';

/** How a block ended: by running through, or by a jump. `maybe` says why the jump may not have been taken. */
export type Completion =
  | undefined
  | { readonly jump: 'break'; readonly maybe?: string }
  | { readonly jump: 'return'; readonly values: readonly Value[]; readonly maybe?: string }
  | { readonly jump: 'goto'; readonly label: string };

/** Doubts inside each other beyond which a jump that may be taken is not followed any more. */
const MOST_DOUBTS = 24;

/**
 * Takes every way that an unknown condition leaves open, each from the same state, and joins what they did: what all
 * agree on stays known, the rest becomes unknown with its reason. A way that raises an error counts only if all do.
 * @param often the ways may be taken more than once (a loop): what they change can be anything, not only what they left
 */
export function takeAll(run: Run, reason: string, at: Origin, ways: readonly (() => Completion)[], often = false): Completion {
  run.doubts.push(reason);
  const faults: LuaFault[] = [];
  const ends: { completion: Completion; written: readonly Written[] }[] = [];
  try {
    if (often) widen(run, reason, at, ways);
    for (const way of ways) {
      const { result, written } = run.journal.attempt(() => attemptFault(way));
      if (result instanceof LuaFault) faults.push(result);
      else ends.push({ completion: result, written });
    }
  } finally {
    run.doubts.pop();
  }
  if (ends.length === 0) throw faults[0]!;
  joinWrites(run, { reason, at, often }, ends);
  return joinCompletions(
    reason,
    at,
    ends.map(end => end.completion),
  );
}

/** Takes the ways once for a trial, and makes all that they change unknown, as it is after some turns. */
function widen(run: Run, reason: string, at: Origin, ways: readonly (() => Completion)[]): void {
  for (const way of ways) {
    const { written } = trial(run, way);
    joinWrites(run, { reason, at, often: true }, [{ written: [] }, { written }]);
  }
}

/** Runs something of which nothing is to stay: neither what it wrote nor what it reported. */
function trial(run: Run, way: () => Completion): { result: Completion | LuaFault; written: readonly Written[] } {
  const forget = remember(run.builder);
  const tried = run.journal.attempt(() => attemptFault(way));
  forget();
  return tried;
}

/**
 * Does something whose order Lua leaves open: as `forward` does it, and what would come out otherwise `backward` is
 * unknown.
 */
export function eitherOrder(
  run: Run,
  reason: string,
  at: Origin,
  forward: () => Completion,
  backward: () => Completion,
): Completion {
  const other = trial(run, backward);
  const { result, written } = run.journal.attempt(() => attemptFault(forward));
  if (result instanceof LuaFault) throw result;
  if (other.result instanceof LuaFault) {
    joinWrites(run, { reason, at, often: false }, [{ written }]);
    return result;
  }
  joinWrites(run, { reason, at, often: false }, [{ written: other.written }, { written }]);
  return joinCompletions(reason, at, [other.result, result]);
}

/** Choices beyond which a value is just unknown. */
const MOST_CHOICES = 32;

/** The value that may be any of these. */
export function joinValues(values: readonly Value[], reason: string, at: Origin | null): Value {
  const [first, ...rest] = values;
  if (first && rest.every(value => alike(first, value))) return first;
  const choices: Value[] = [];
  for (const value of values.flatMap(value => (value.kind === 'unknown' ? (value.choices ?? [value]) : [value]))) {
    if (value.kind === 'unknown' || choices.length === MOST_CHOICES) return unknown(reason, at);
    if (!choices.some(choice => alike(choice, value))) choices.push(value);
  }
  return unknown(reason, at, choices);
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

/** Why places are joined, and whether what is done there is done any number of times. */
interface Cause {
  readonly reason: string;
  readonly at: Origin;
  readonly often: boolean;
}

function joinWrites(run: Run, cause: Cause, ends: readonly { written: readonly Written[] }[]): void {
  for (const { written } of ends) work(run, cause.at, 30 + written.length * 2);
  const sides = ends.map(({ written }) => byPlace(written));
  const seen = new Map<unknown, Set<unknown>>();
  for (const { written } of ends) {
    for (const place of written) {
      const keys = seen.get(place.map) ?? new Set();
      seen.set(place.map, keys);
      if (keys.has(place.key)) continue;
      keys.add(place.key);
      const results = sides.map(side => side.get(place.map)?.get(place.key));
      joinPlace(run, cause, place, results);
    }
  }
}

function byPlace(written: readonly Written[]): Map<unknown, Map<unknown, Written>> {
  const places = new Map<unknown, Map<unknown, Written>>();
  for (const place of written) {
    const keys = places.get(place.map) ?? new Map<unknown, Written>();
    places.set(place.map, keys.set(place.key, place));
  }
  return places;
}

function joinPlace(run: Run, cause: Cause, place: Place, results: readonly (Written | undefined)[]): void {
  const contents = results.map(result => (result ? (result.present ? result.value : undefined) : place.map.get(place.key)));
  run.journal.write(place.map, place.key, joinContents(contents, cause));
}

/** Joins what a Map holds at one key: a value, a table's entry, an option, or anything else, of which the last is kept. */
function joinContents(contents: readonly unknown[], { reason, at, often }: Cause): unknown {
  const present = contents.filter(content => content !== undefined);
  const sample = present.at(-1);
  if (present.every(content => content === sample) && present.length === contents.length) return sample;
  const join = (values: readonly Value[]): Value => {
    const joined = joinValues(values, reason, at);
    if (!often || joined.kind !== 'unknown') return joined;
    return values.some(value => value.kind === 'nil') ? unknown(reason, at, [NOTHING, unknown(reason, at)]) : unknown(reason, at);
  };
  if (isObject(sample) && 'kind' in sample) return join(contents.map(content => (content ?? NOTHING) as Value));
  if (isObject(sample) && 'value' in sample) {
    return {
      ...sample,
      value: join(contents.map(content => (content === undefined ? NOTHING : (content as { value: Value }).value))),
    };
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
  if (first?.jump === 'goto') {
    return completions.every(completion => completion?.jump === 'goto' && completion.label === first.label) ? first : undefined;
  }
  const returns = completions.filter(completion => completion?.jump === 'return');
  const certain = completions.every(completion => completion && completion.jump !== 'goto' && !completion.maybe);
  if (returns.length === 0) {
    const breaks = completions.some(completion => completion?.jump === 'break');
    return breaks ? { jump: 'break', ...(certain ? {} : { maybe: reason }) } : undefined;
  }
  const values = joinLists(
    returns.map(completion => completion.values),
    reason,
    at,
  );
  return { jump: 'return', values, ...(certain && returns.length === completions.length ? {} : { maybe: reason }) };
}

/** The list of values that may be any of these lists. */
export function joinLists(lists: readonly (readonly Value[])[], reason: string, at: Origin | null): readonly Value[] {
  const length = Math.max(...lists.map(list => list.length));
  return Array.from({ length }, (_, index) => {
    const all = lists.map(list => valueAt(list, index));
    const joined = joinValues(all, reason, at);
    const open = index === length - 1 && lists.some(list => openEnd(list) !== undefined);
    return open ? { ...(joined.kind === 'unknown' ? joined : unknown(reason, at)), more: true } : joined;
  });
}

/** Whether so much is doubtful already that one more jump that may be taken is not followed as a way of its own. */
export function tooDoubtful(run: Run): boolean {
  return run.doubts.length >= MOST_DOUBTS;
}

/**
 * Goes on behind a jump that may not have been taken: what is done there is joined with what it would be without.
 * @param rest what comes behind the jump
 */
export function afterMaybe(run: Run, jump: NonNullable<Completion>, at: Origin, rest: () => Completion): Completion {
  if (jump.jump === 'goto' || !jump.maybe) return jump;
  if (tooDoubtful(run)) return rest() ?? jump;
  const taken: Completion = jump.jump === 'return' ? { jump: 'return', values: jump.values } : { jump: 'break' };
  return takeAll(run, jump.maybe, at, [rest, () => taken]);
}

/** Marks a table as possibly having other entries than those known. */
export function openTable(run: Run, table: Table, reason: string): void {
  run.journal.write(table.state, 'open', unknown(reason));
}
