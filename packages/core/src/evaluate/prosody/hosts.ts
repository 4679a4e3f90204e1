import { fromByteString, toByteString } from '../../text/index.js';
import { record } from '../builder.js';
import { GLOBAL, type Opening } from '../configuration.js';
import { quotedString } from '../library/format.js';
import { toText } from '../operators.js';
import { ask, mustEvaluate } from '../reuse.js';
import { type callerOf, fault, LuaFault, type Run, work } from '../run.js';
import {
  bool,
  type Caller,
  type FunctionValue,
  NIL,
  native,
  type Origin,
  string,
  type TableValue,
  truth,
  type UnknownValue,
  unknown,
  type Value,
} from '../values.js';
import { doubt, enterScope, type FileEnvironment } from './environment.js';
import { nameprep } from './nameprep.js';

/** `VirtualHost "name" { … }` (env.VirtualHost of core/configmanager.lua). */
export function virtualHost(run: Run, environment: FileEnvironment): FunctionValue {
  return native('VirtualHost', ([written = NIL], opener) => {
    const { at } = opener;
    const name = preparedName(run, 'Host', written, opener);
    ask(run, name);
    const module = run.builder.options.get(name)?.get('component_module')?.value;
    if (module && truth(module) !== false) {
      const shown = quoted(name);
      throw unplaced(
        `Host ${shown} clashes with previously defined ${componentKind(module, at)} Component ${shown}, for services use a sub-domain like conference.${name}`,
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
          throw callersFault(
            `VirtualHost entries do not accept a module name (module '${options.value}' provided for host '${name}')`,
            caller,
          );
        }
        if (options.kind !== 'table')
          throw callersFault(`Invalid syntax following VirtualHost, expected options but received a ${options.kind}`, caller);
        opening.update({ origin: caller.at, table: options.origin ?? caller.at });
        setEntries(run, name, options, caller.at);
        return [];
      }),
    ];
  });
}

/** `Component "name" "module" { … }` (env.Component of core/configmanager.lua). */
export function component(run: Run, environment: FileEnvironment): FunctionValue {
  return native('Component', ([written = NIL], opener) => {
    const { at } = opener;
    const name = preparedName(run, 'Component', written, opener);
    ask(run, name);
    const options = run.builder.options.get(name);
    const holds = (option: string) => truth(options?.get(option)?.value ?? NIL) !== false;
    if (holds('defined') && !holds('component_module')) {
      const shown = quoted(name);
      throw unplaced(
        `Component ${shown} clashes with previously defined VirtualHost ${shown}, for services use a sub-domain like conference.${name}`,
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
        if (module.kind === 'unknown') {
          // most likely the module's name; a trailing table would go on in the global section
          open(run, name, 'component_module', unknown(module.reason, module.origin), caller.at);
          return [withOptions];
        }
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
  mustEvaluate(run);
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

/** An error that Prosody raises with level 2: it names the line of the call, if the configuration itself calls. */
export function callersFault(message: string, caller: Caller, cause: Origin = caller.at): LuaFault {
  const { direct } = caller as ReturnType<typeof callerOf>;
  return fault(message, direct ? caller.at : null, cause);
}

function preparedName(run: Run, kind: 'Host' | 'Component', written: Value, caller: Caller): string {
  const { at } = caller;
  if (written.kind === 'unknown') return unknownName(run, written);
  if (truth(written) === false)
    throw callersFault(`${kind} must have a name`, caller, written.kind === 'nil' ? (written.unset?.origin ?? at) : at);
  const text = toText(written);
  if (text === undefined) throw unplaced(`bad argument #1 to 'nameprep' (string expected, got ${written.kind})`, at);
  const prepared = nameprep(text);
  if (prepared === undefined) throw unplaced(`Name of ${kind} ${quoted(text)} contains forbidden characters`, at);
  return prepared;
}

/** A name as Prosody's messages show it (`%q` of string.format). */
function quoted(name: string): string {
  return fromByteString(quotedString(toByteString(name)));
}

/** How the message about a clash calls a component; it takes the module for a string, whatever the configuration made of it. */
function componentKind(module: Value, at: Origin): string {
  if (module.kind === 'string') return COMPONENT_KINDS.get(module.value) ?? module.value;
  const wrong =
    module.kind === 'table' ? "call a nil value (method 'gsub')" : `index a ${module.kind} value (field 'component_module')`;
  throw unplaced(`attempt to ${wrong}`, at);
}

const COMPONENT_KINDS: ReadonlyMap<string, string> = new Map([
  ['component', 'external'],
  ['muc', 'MUC'],
]);

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
    // `set` of core/configmanager.lua does nothing without a key
    if (key === false) continue;
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
  run.reuse.units.push({ scopes: [opening.scope] });
  return {
    update(change) {
      openings[at] = { ...openings[at]!, ...change };
    },
  };
}
