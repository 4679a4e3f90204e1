import { record } from '../builder.js';
import { GLOBAL, type Opening } from '../configuration.js';
import { toText } from '../operators.js';
import { fault, LuaFault, type Run, work } from '../run.js';
import {
  bool,
  type FunctionValue,
  NIL,
  native,
  type Origin,
  string,
  type TableValue,
  truth,
  type UnknownValue,
  type Value,
} from '../values.js';
import { doubt, enterScope, type FileEnvironment } from './environment.js';
import { nameprep } from './nameprep.js';

/** `VirtualHost "name" { … }` (env.VirtualHost of core/configmanager.lua). */
export function virtualHost(run: Run, environment: FileEnvironment): FunctionValue {
  return native('VirtualHost', ([written = NIL], { at }) => {
    const name = preparedName(run, 'Host', written, at);
    const module = run.builder.options.get(name)?.get('component_module')?.value;
    if (module && truth(module) !== false) {
      const kind = ({ component: 'external', muc: 'MUC' } as Record<string, string>)[toText(module) ?? ''] ?? toText(module);
      throw unplaced(
        `Host "${name}" clashes with previously defined ${kind} Component "${name}", for services use a sub-domain like conference.${name}`,
        at,
      );
    }
    enterScope(run, environment, name);
    open(run, name, 'defined', bool(true), at);
    const opening = addOpening(run, {
      kind: 'host',
      scope: name,
      written: toText(written) ?? '',
      origin: at,
      nameOrigin: written.origin ?? at,
      module: null,
      table: null,
    });
    return [
      native('VirtualHost', ([options = NIL], caller) => {
        enterScope(run, environment, GLOBAL);
        if (options.kind === 'unknown') return [];
        if (options.kind === 'string') {
          throw fault(
            `VirtualHost entries do not accept a module name (module '${options.value}' provided for host '${name}')`,
            caller.at,
          );
        }
        if (options.kind !== 'table')
          throw fault(`Invalid syntax following VirtualHost, expected options but received a ${options.kind}`, caller.at);
        opening.update({ origin: caller.at, table: options.origin ?? caller.at });
        setEntries(run, name, options, caller.at);
        return [];
      }),
    ];
  });
}

/** `Component "name" "module" { … }` (env.Component of core/configmanager.lua). */
export function component(run: Run, environment: FileEnvironment): FunctionValue {
  return native('Component', ([written = NIL], { at }) => {
    const name = preparedName(run, 'Component', written, at);
    const options = run.builder.options.get(name);
    if (options?.has('defined') && !options.has('component_module')) {
      throw unplaced(
        `Component "${name}" clashes with previously defined VirtualHost "${name}", for services use a sub-domain like conference.${name}`,
        at,
      );
    }
    open(run, name, 'component_module', string('component'), at);
    open(run, name, 'load_global_modules', bool(false), at);
    enterScope(run, environment, name);
    const opening = addOpening(run, {
      kind: 'component',
      scope: name,
      written: toText(written) ?? '',
      origin: at,
      nameOrigin: written.origin ?? at,
      module: null,
      table: null,
    });
    const withOptions = native('Component', ([options_ = NIL], caller) => {
      enterScope(run, environment, GLOBAL);
      if (options_.kind === 'unknown') return [];
      if (options_.kind !== 'table')
        throw unplaced(`bad argument #1 to 'for iterator' (table expected, got ${options_.kind})`, caller.at);
      opening.update({ origin: caller.at, table: options_.origin ?? caller.at });
      setEntries(run, name, options_, caller.at);
      return [];
    });
    return [
      native('Component', ([module = NIL], caller) => {
        if (module.kind !== 'string') return withOptions.body.call([module], caller);
        open(run, name, 'component_module', module, caller.at);
        opening.update({ origin: caller.at, module: { name: module.value, origin: module.origin ?? caller.at } });
        return [withOptions];
      }),
    ];
  });
}

/** The name of a section whose name nobody knows: `?` and the reason; two of one reason need not be the same section. */
function unknownName(run: Run, written: UnknownValue): string {
  const { unknownNames } = run.builder;
  const known = unknownNames.get(written);
  if (known !== undefined) return known;
  const alike = [...unknownNames.keys()].filter(other => other.reason === written.reason).length;
  const name = `?${written.reason}${alike > 0 ? ` (${alike + 1})` : ''}`;
  unknownNames.set(written, name);
  return name;
}

/** An error that Prosody raises with level 0: it names no file and no line. */
export function unplaced(message: string, cause: Origin): LuaFault {
  return new LuaFault(string(message), message, null, cause);
}

function preparedName(run: Run, kind: 'Host' | 'Component', written: Value, at: Origin): string {
  if (written.kind === 'unknown') return unknownName(run, written);
  if (truth(written) === false)
    throw fault(`${kind} must have a name`, at, written.kind === 'nil' ? (written.unset?.origin ?? at) : at);
  const text = toText(written);
  if (text === undefined) throw unplaced(`bad argument #1 to 'nameprep' (string expected, got ${written.kind})`, at);
  const prepared = nameprep(text);
  if (prepared === undefined) throw unplaced(`Name of ${kind} "${text}" contains forbidden characters`, at);
  return prepared;
}

function open(run: Run, scope: string, name: string, value: Value, at: Origin): void {
  record(run, {
    scope,
    name,
    value,
    form: 'opening',
    origin: at,
    nameOrigin: at,
    valueOrigin: value.origin ?? at,
    ...doubt(run),
  });
}

function setEntries(run: Run, scope: string, options: TableValue, at: Origin): void {
  for (const [key, entry] of options.table.entries) {
    const origin = entry.origin ?? at;
    const name = typeof key === 'string' ? key : `$[${String(key)}]`;
    const valueOrigin = entry.value.origin ?? origin;
    record(run, {
      scope,
      name,
      value: entry.value,
      form: 'entry',
      origin,
      nameOrigin: entry.keyOrigin ?? origin,
      valueOrigin,
      ...doubt(run),
    });
  }
}

function addOpening(run: Run, opening: Opening): { update(change: Partial<Opening>): void } {
  const { openings } = run.builder;
  // a section costs far more than a step
  work(run, opening.origin, 50);
  const at = openings.push({ ...opening, ...doubt(run) }) - 1;
  return {
    update(change) {
      openings[at] = { ...openings[at]!, ...change };
    },
  };
}
