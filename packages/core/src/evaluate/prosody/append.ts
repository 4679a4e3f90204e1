import { callBack, index } from '../access.js';
import { record } from '../builder.js';
import { openTable } from '../joins.js';
import { NEXT } from '../library/pairs.js';
import { toText } from '../operators.js';
import { changeTable } from '../reuse.js';
import { type callerOf, fault, type Run, setEntry } from '../run.js';
import {
  type Caller,
  integer,
  listEntries,
  NIL,
  native,
  newTable,
  type Origin,
  openReason,
  type TableValue,
  truth,
  type Value,
} from '../values.js';
import { doubt } from './environment.js';
import { unplaced } from './hosts.js';

/**
 * What Prosody 13.0 gives when a configuration reads a table option back: a proxy with `append`, `value` and `values`,
 * which can be called to append (config_option_proxy_mt of core/configmanager.lua).
 */
export function optionProxy(run: Run, scope: string, name: string, content: TableValue): TableValue {
  const proxy: TableValue = { ...newTable([], content.origin), proxy: { host: scope, option: name } };
  proxy.table.state.set('meta', metatable(run));
  return proxy;
}

function metatable(run: Run): TableValue {
  const methods: Record<string, Value> = {
    append: native('append', ([self = NIL, addition = NIL], { at }) => append(run, self, addition, at)),
    value: native('value', ([self = NIL], { at }) => [current(run, self, at)]),
    values: native('values', ([self = NIL], { at }) => [walk(run, current(run, self, at))]),
  };
  const called = native('append', ([self = NIL, addition = NIL], { at }) => {
    if (addition.kind === 'unknown') return [addition];
    const value = current(run, self, at);
    const appends = addition.kind === 'table' && (value.kind === 'table' || truth(value) === false);
    if (!appends) throw fault("Invalid syntax - missing '=' perhaps?", at);
    return append(run, self, addition, at);
  });
  const looked = native('index', ([, key = NIL], caller) => {
    const found = key.kind === 'string' && Object.hasOwn(methods, key.value) ? methods[key.value] : undefined;
    if (found) return [found];
    const { at, direct } = caller as ReturnType<typeof callerOf>;
    const shown = toText(key);
    if (shown === undefined) throw unplaced(`attempt to concatenate a ${key.kind} value (local 'k')`, at);
    throw fault(`Unknown config option operation: '${shown}'`, direct ? at : null, at);
  });
  return newTable([
    ['__index', looked],
    ['__call', called],
  ]);
}

/** `self:value()`: the option as it is now, whatever it was when the proxy was handed out. */
function current(run: Run, self: Value, at: Origin): Value {
  if (self.kind === 'table' && self.proxy) return run.builder.options.get(self.proxy.host)?.get(self.proxy.option)?.value ?? NIL;
  if (self.kind === 'table') throw unplaced("attempt to call a nil value (method 'value')", at);
  throw unplaced(`attempt to index a ${self.kind} value (local 'self')`, at);
}

/** `it.values` of util/iterators.lua. */
function walk(run: Run, list: Value): Value {
  let key: Value = NIL;
  return native('values', (_, { at }: Caller) => {
    const [next = NIL, value = NIL] = callBack(run, NEXT, [list, key], at);
    key = next;
    return [value];
  });
}

/** Appends in place, as Prosody does: another option that shares the table changes with it. */
function append(run: Run, self: Value, addition: Value, at: Origin): readonly Value[] {
  const value = current(run, self, at);
  if (addition.kind === 'unknown') return [addition];
  if (addition.kind !== 'table') throw fault("'append' operation expects a list of values to append to the existing list", at);
  const target = value.kind === 'nil' ? newTable([], at) : value;
  const { host: scope, option: name } = (self as TableValue).proxy!;
  const first = index(run, addition, integer(1), at, undefined, false);
  const list = listEntries(addition);
  if (target.kind === 'unknown') return [target];
  if (target.kind !== 'table') {
    if (first.kind !== 'nil') throw unplaced(`bad argument #1 to 'insert' (table expected, got ${target.kind})`, at);
    if (addition.table.entries.size > 0) throw unplaced(`attempt to index a ${target.kind} value (local 'original_option')`, at);
  } else {
    changeTable(run, scope, name, at.file);
    const more = openReason(addition);
    if (more) openTable(run, target.table, more);
    if (list.length > 0) {
      let next = listEntries(target).length + 1;
      for (const entry of list) setEntry(run, target.table, next++, entry.value, entry.origin);
    } else {
      for (const [key, entry] of addition.table.entries)
        setEntry(run, target.table, key, entry.value, entry.origin, entry.keyOrigin);
    }
  }
  const setting = {
    scope,
    name,
    value: target,
    form: 'append' as const,
    origin: at,
    nameOrigin: { ...at, end: at.start + name.length },
    valueOrigin: addition.origin ?? at,
  };
  record(run, { ...setting, ...doubt(run) });
  return [self];
}
