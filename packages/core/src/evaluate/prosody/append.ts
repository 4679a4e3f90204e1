import { record } from '../builder.js';
import { openTable } from '../joins.js';
import { toText } from '../operators.js';
import { type callerOf, fault, type Run, setEntry } from '../run.js';
import { listEntries, NIL, native, newTable, type Origin, openReason, type TableValue, type Value } from '../values.js';
import { doubt, type FileEnvironment } from './environment.js';

/**
 * What Prosody 13.0 gives when a configuration reads a table option back: a proxy with `append`, `value` and `values`,
 * which can be called to append (config_option_proxy_mt of core/configmanager.lua).
 */
export function optionProxy(
  run: Run,
  environment: FileEnvironment,
  scope: string,
  name: string,
  content: TableValue,
): TableValue {
  const current = (): Value => run.builder.options.get(scope)?.get(name)?.value ?? NIL;
  const append = (self: Value, addition: Value, at: Origin, complaint: string): readonly Value[] => {
    if (addition.kind === 'unknown') return [addition];
    if (addition.kind !== 'table') throw fault(complaint, at);
    appendTo(run, environment, scope, name, current(), addition, at);
    return [self];
  };
  const methods: Record<string, Value> = {
    append: native('append', ([self = NIL, addition = NIL], { at }) =>
      append(self, addition, at, "'append' operation expects a list of values to append to the existing list"),
    ),
    value: native('value', () => [current()]),
    values: native('values', () => {
      const list = current();
      const rest = list.kind === 'table' ? [...list.table.entries.values()] : [];
      return [native('values', () => [rest.shift()?.value ?? NIL])];
    }),
  };
  const proxy: TableValue = { ...newTable([], content.origin), proxy: { host: scope, option: name } };
  const called = native('append', ([self = NIL, addition = NIL], { at }) =>
    append(self, addition, at, "Invalid syntax - missing '=' perhaps?"),
  );
  const looked = native('index', ([, key = NIL], caller) => {
    const found = key.kind === 'string' ? methods[key.value] : undefined;
    if (found) return [found];
    const { at, direct } = caller as ReturnType<typeof callerOf>;
    throw fault(`Unknown config option operation: '${toText(key) ?? '?'}'`, direct ? at : null, at);
  });
  proxy.table.state.set(
    'meta',
    newTable([
      ['__index', looked],
      ['__call', called],
    ]),
  );
  return proxy;
}

/** Appends in place, as Prosody does: another option that shares the table changes with it. */
function appendTo(
  run: Run,
  environment: FileEnvironment,
  scope: string,
  name: string,
  current: Value,
  addition: TableValue,
  at: Origin,
): void {
  const target = current.kind === 'table' ? current : newTable([], at);
  const more = openReason(addition);
  if (more) openTable(run, target.table, more);
  const list = listEntries(addition);
  if (list.length > 0) {
    let next = listEntries(target).length + 1;
    for (const entry of list) setEntry(run, target.table, next++, entry.value, entry.origin);
  } else {
    for (const [key, entry] of addition.table.entries)
      setEntry(run, target.table, key, entry.value, entry.origin, entry.keyOrigin);
  }
  const valueOrigin = addition.origin ?? at;
  const setting = {
    scope,
    name,
    value: target,
    form: 'append' as const,
    origin: at,
    nameOrigin: { ...at, end: at.start + name.length },
    valueOrigin,
  };
  record(run, { ...setting, ...doubt(run) });
  void environment;
}
