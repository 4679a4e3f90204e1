import { joinValues, takeAll } from './joins.js';
import { taint } from './library/taint.js';
import { described } from './operators.js';
import { mustEvaluate } from './reuse.js';
import { callerOf, Exhausted, fault, LuaFault, type Run, setEntry } from './run.js';
import {
  get,
  keyOf,
  NIL,
  type Origin,
  openReason,
  string,
  type TableValue,
  type UnknownValue,
  unknown,
  type Value,
  valueAt,
} from './values.js';

/** `base[key]`, with `__index`. `direct` where the configuration itself looks, not a library function. */
export function index(run: Run, base: Value, key: Value, at: Origin, name: string | undefined, direct = true): Value {
  if (base.kind === 'unknown') return indexUnknown(run, base, key, at);
  if (base.kind === 'table') return indexTable(run, base, key, at, direct);
  if (base.kind === 'string') {
    mustEvaluate(run);
    const library = run.library.get('string');
    return library?.kind === 'table' ? index(run, library, key, at, undefined) : NIL;
  }
  throw fault(`attempt to index a ${base.kind} value${described(name)}`, at);
}

/** `base[key] = value`, with `__newindex`. */
export function assignIndex(
  run: Run,
  base: Value,
  key: Value,
  value: Value,
  at: Origin,
  keyAt: Origin | null,
  name: string | undefined,
): void {
  if (base.kind === 'unknown') {
    // whichever of the tables it is, it may be changed
    const ways = (base.choices ?? []).filter(choice => choice.kind === 'table');
    if (ways.length > 0)
      takeAll(
        run,
        base.reason,
        at,
        ways.map(choice => () => assignIndex(run, choice, key, value, at, keyAt, name) as undefined),
      );
    return;
  }
  if (base.kind !== 'table') throw fault(`attempt to index a ${base.kind} value${described(name)}`, at);
  // 13.0 hands out a new proxy for each reading: a field set on it is gone with it (core/configmanager.lua)
  if (base.proxy) return;
  const known = keyOf(key);
  const handler = known !== undefined && base.table.entries.has(known) ? NIL : metaMethod(base, '__newindex');
  if (handler.kind === 'function') {
    call(run, handler, [base, key, value], at, "metamethod 'newindex'");
    return;
  }
  if (handler.kind === 'table') {
    assignIndex(run, handler, key, value, at, keyAt, name);
    return;
  }
  if (known !== undefined) setEntry(run, base.table, known, value, at, keyAt);
  else if (key.kind === 'unknown') blur(run, base, key.reason);
  else throw fault(key.kind === 'nil' ? 'table index is nil' : 'table index is NaN', at);
}

/** `callee(…)`, with `__call`; gives all values. `name` as the call names the callee. */
export function call(run: Run, callee: Value, args: readonly Value[], at: Origin, name: string | undefined): readonly Value[] {
  return enter(run, callee, args, at, name, true);
}

/** A call that a library function makes: Lua's messages do not place what is raised there. */
export function callBack(run: Run, callee: Value, args: readonly Value[], at: Origin): readonly Value[] {
  return enter(run, callee, args, at, undefined, false);
}

function enter(
  run: Run,
  callee: Value,
  args: readonly Value[],
  at: Origin,
  name: string | undefined,
  direct: boolean,
): readonly Value[] {
  if (callee.kind === 'unknown') return callUnknown(run, callee, args, at, name, direct);
  if (callee.kind === 'table') {
    const handler = metaMethod(callee, '__call');
    if (handler.kind !== 'nil') return enter(run, handler, [callee, ...args], at, name, direct);
  }
  if (callee.kind !== 'function') throw fault(`attempt to call a ${callee.kind} value${described(name)}`, direct ? at : null, at);
  if (run.stack.length >= run.limits.calls) throw new Exhausted(`more than ${run.limits.calls} calls inside each other`, at);
  run.stack.push(direct ? at : null);
  try {
    return callee.body.call(args, callerOf(run, at, name, direct));
  } finally {
    run.stack.pop();
  }
}

/** A value's metamethod, NIL where it has none. */
export function metaMethod(value: TableValue, event: string): Value {
  const meta = value.table.state.get('meta');
  return meta?.kind === 'table' ? get(meta, event) : NIL;
}

/** `pcall`: the values, or what was raised. */
export function protectedCall(
  run: Run,
  callee: Value,
  args: readonly Value[],
  at: Origin,
  text: (fault: LuaFault) => string,
): readonly Value[] | Value {
  const depth = run.stack.length;
  run.counts.guards += 1;
  try {
    return callBack(run, callee, args, at);
  } catch (error) {
    if (!(error instanceof LuaFault)) throw error;
    run.stack.length = depth;
    return error.value.kind === 'string' ? string(text(error)) : error.value;
  } finally {
    run.counts.guards -= 1;
  }
}

function indexTable(run: Run, base: TableValue, key: Value, at: Origin, direct: boolean): Value {
  if (key.kind === 'unknown') return unknown(key.reason, at);
  const known = keyOf(key);
  const entry = known === undefined ? undefined : base.table.entries.get(known);
  if (entry) return entry.value;
  const handler = metaMethod(base, '__index');
  if (handler.kind === 'function') return valueAt(enter(run, handler, [base, key], at, "metamethod 'index'", direct), 0);
  if (handler.kind !== 'nil') return index(run, handler, key, at, undefined, direct);
  const open = openReason(base);
  return open ? unknown(open, at) : NIL;
}

function indexUnknown(run: Run, base: UnknownValue, key: Value, at: Origin): Value {
  const { choices } = base;
  if (!choices?.every(choice => choice.kind === 'table')) return unknown(base.reason, at);
  return joinValues(
    choices.map(choice => index(run, choice, key, at, undefined)),
    base.reason,
    at,
  );
}

/**
 * A callee that is not known. Where it is one of a few functions, each is tried; else it may do anything to what it is
 * given: tables among its arguments are no longer known (see `taint`).
 */
function callUnknown(
  run: Run,
  callee: UnknownValue,
  args: readonly Value[],
  at: Origin,
  name: string | undefined,
  direct: boolean,
): readonly Value[] {
  const { choices, reason } = callee;
  if (
    choices?.every(choice => choice.kind === 'function' || choice.kind === 'nil') &&
    choices.some(choice => choice.kind === 'function')
  ) {
    const completion = takeAll(
      run,
      reason,
      at,
      choices.map(choice => () => ({ jump: 'return', values: enter(run, choice, args, at, name, direct) })),
    );
    return completion?.jump === 'return' ? completion.values : [];
  }
  taint(run, args, reason, at, name);
  return [{ ...unknown(reason, at), more: true }];
}

/** An entry was set, nobody knows which. */
function blur(run: Run, base: TableValue, reason: string): void {
  run.journal.write(base.table.state, 'open', unknown(reason));
  for (const [key, entry] of base.table.entries) {
    run.journal.write(base.table.entries, key, { ...entry, value: unknown(reason, entry.value.origin) });
  }
}
