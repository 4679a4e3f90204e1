import { described } from './operators.js';
import { callerOf, Exhausted, fault, LuaFault, type Run, setEntry } from './run.js';
import { get, keyOf, NIL, type Origin, openReason, string, type TableValue, unknown, type Value } from './values.js';

/** `base[key]`, with `__index`. */
export function index(run: Run, base: Value, key: Value, at: Origin, name: string | undefined): Value {
  if (base.kind === 'unknown') return unknown(base.reason, at);
  if (base.kind === 'table') return indexTable(run, base, key, at);
  if (base.kind === 'string') {
    const library = run.library.get('string');
    return library?.kind === 'table' ? index(run, library, key, at, undefined) : NIL;
  }
  const field = key.kind === 'string' && !name ? ` (field '${key.value}')` : described(name);
  throw fault(`attempt to index a ${base.kind} value${field}`, at);
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
  if (base.kind === 'unknown') return;
  if (base.kind !== 'table') throw fault(`attempt to index a ${base.kind} value${described(name)}`, at);
  // 13.0 hands out a new proxy for each reading: a field set on it is gone with it (core/configmanager.lua)
  if (base.proxy) return;
  const known = keyOf(key);
  const handler = known !== undefined && base.table.entries.has(known) ? NIL : metaMethod(base, '__newindex');
  if (handler.kind === 'function') {
    call(run, handler, [base, key, value], at, undefined);
    return;
  }
  if (handler.kind === 'table') {
    assignIndex(run, handler, key, value, at, keyAt, name);
    return;
  }
  if (known !== undefined) setEntry(run, base.table, known, value, at, keyAt);
  else if (key.kind === 'unknown') run.journal.write(base.table.state, 'open', unknown(key.reason));
  else throw fault(key.kind === 'nil' ? 'index is nil' : 'index is NaN', at);
}

/** `callee(…)`, with `__call`; gives all values. */
export function call(run: Run, callee: Value, args: readonly Value[], at: Origin, name: string | undefined): readonly Value[] {
  if (callee.kind === 'unknown') return [unknown(callee.reason, at)];
  if (callee.kind === 'table') {
    const handler = metaMethod(callee, '__call');
    if (handler.kind === 'function') return call(run, handler, [callee, ...args], at, name);
  }
  if (callee.kind !== 'function') throw fault(`attempt to call a ${callee.kind} value${described(name)}`, at);
  if (run.stack.length >= run.limits.calls) throw new Exhausted(`more than ${run.limits.calls} calls inside each other`, at);
  run.stack.push(at);
  try {
    return callee.body.call(args, callerOf(run, at));
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
  try {
    return call(run, callee, args, at, undefined);
  } catch (error) {
    if (!(error instanceof LuaFault)) throw error;
    run.stack.length = depth;
    return error.value.kind === 'string' ? string(text(error)) : error.value;
  }
}

function indexTable(run: Run, base: TableValue, key: Value, at: Origin): Value {
  if (key.kind === 'unknown') return unknown(key.reason, at);
  const known = keyOf(key);
  const entry = known === undefined ? undefined : base.table.entries.get(known);
  if (entry) return entry.value;
  const handler = metaMethod(base, '__index');
  if (handler.kind === 'function') return call(run, handler, [base, key], at, undefined)[0] ?? NIL;
  if (handler.kind === 'table') return index(run, handler, key, at, undefined);
  const open = openReason(base);
  return open ? unknown(open, at) : NIL;
}
