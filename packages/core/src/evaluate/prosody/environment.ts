import { chunkName, lineOf, record } from '../builder.js';
import { GLOBAL } from '../configuration.js';
import { takeAll } from '../joins.js';
import { toText } from '../operators.js';
import { ask, mustEvaluate } from '../reuse.js';
import { type AssignmentPlace, fault, type Globals, LuaFault, type Run } from '../run.js';
import { NIL, type Origin, string, truth, unknown, type Value } from '../values.js';
import { optionProxy } from './append.js';
import { unplaced } from './hosts.js';

/**
 * The environment in which Prosody runs one file (parser.load of core/configmanager.lua): a few real fields, which an
 * assignment overwrites, and behind them the options of the section that is open.
 */
export interface FileEnvironment extends Globals {
  readonly file: string;
  readonly fields: Map<string, Value>;
  /** `host/option` of what this file has set, for the warning about duplicates. */
  readonly seen: Map<string, true>;
  /** The configuration has written over a field, so that `VirtualHost` may be something else by now. */
  overwritten: boolean;
}

const CURRENT = '__currenthost';

/** The fields that look at nothing but the sections. */
const SECTIONS = new Set([CURRENT, 'VirtualHost', 'Host', 'host', 'Component', 'component']);

export function fileEnvironment(run: Run, file: string): FileEnvironment {
  const environment: FileEnvironment = {
    file,
    fields: new Map([[CURRENT, string(GLOBAL)]]),
    seen: new Map(),
    overwritten: false,
    get(name, at) {
      const field = environment.fields.get(name);
      if (field && !SECTIONS.has(name)) mustEvaluate(run);
      if (field) return field;
      const value = read(run, environment, name, at);
      // what stands for nothing does so again as long as nobody defines it
      if (value.kind === 'nil' && value.unset) ask(run, currentScope(environment), name);
      else mustEvaluate(run);
      return value;
    },
    set(name, value, place) {
      if (environment.fields.has(name)) {
        environment.overwritten = true;
        mustEvaluate(run);
        run.journal.write(environment.fields, name, value.kind === 'nil' ? undefined : value);
      } else assignOption(run, environment, name, value, place);
    },
  };
  return environment;
}

/** The section that is open: `*`, or the name of a host or component. */
export function currentScope(environment: FileEnvironment): string {
  const current = environment.fields.get(CURRENT);
  return (current && toText(current)) ?? GLOBAL;
}

/**
 * Raises what Prosody meets when the configuration itself has written over `__currenthost`: without it 13.0 looks for it
 * in the open section, for which it needs it, and so on (the environment's `__index` in core/configmanager.lua).
 */
function checkScope(run: Run, environment: FileEnvironment, at: Origin): Value | undefined {
  const current = environment.fields.get(CURRENT);
  if (!current && run.version !== '0.12') throw unplaced('C stack overflow', at);
  return current;
}

export function enterScope(run: Run, environment: FileEnvironment, scope: string): void {
  run.journal.write(environment.fields, CURRENT, string(scope));
}

/** The doubts that hold now, as a setting's `doubt`. */
export function doubt(run: Run): { doubt?: string } {
  return run.doubts.length === 0 ? {} : { doubt: run.doubts.join('; ') };
}

function read(run: Run, environment: FileEnvironment, name: string, at: Origin): Value {
  if (name.startsWith('ENV_')) return environmentVariable(run, name.slice(4), at);
  const globals = run.library.get('_G');
  const library = globals?.kind === 'table' ? globals.table.entries.get(name)?.value : undefined;
  if (run.version === '0.12') return library ?? unset(name, at);
  if (name === 'Lua') return globals ?? NIL;
  const open = checkScope(run, environment, at);
  // a section that is no text has no options
  const scope = open && truth(open) && open.kind !== 'unknown' ? toText(open) : currentScope(environment);
  const option = scope === undefined ? undefined : run.builder.options.get(scope)?.get(name);
  if (scope !== undefined && option)
    return option.value.kind === 'table' ? optionProxy(run, scope, name, option.value) : { ...option.value, origin: at };
  if (!library) return unset(name, at);
  const line = warningLine(run, environment.file, at);
  const text = `${environment.file}:${line}: direct usage of the Lua API is deprecated - replace \`${name}\` with \`Lua.${name}\``;
  run.builder.warnings.push({ text, origin: at, ...doubt(run) });
  return library;
}

function unset(name: string, at: Origin): Value {
  return { kind: 'nil', origin: at, unset: { name, origin: at } };
}

/** `os.getenv`: known only where the caller has given Prosody's environment. */
export function environmentVariable(run: Run, name: string, at: Origin): Value {
  if (!run.environment) return unknown(`the environment variable ${name}`, at);
  const value = Object.hasOwn(run.environment, name) ? run.environment[name] : undefined;
  return value === undefined ? { kind: 'nil', origin: at } : string(value, at);
}

function assignOption(run: Run, environment: FileEnvironment, name: string, value: Value, place: AssignmentPlace): void {
  const { builder, journal } = run;
  const current = checkScope(run, environment, place.statement);
  if (current?.kind === 'unknown' && current.choices) {
    // whichever section is open, the option may be set there
    const ways = current.choices.map(choice => () => {
      journal.write(environment.fields, CURRENT, choice);
      assignOption(run, environment, name, value, place);
      journal.write(environment.fields, CURRENT, current);
      return undefined;
    });
    takeAll(run, current.reason, place.statement, ways);
    return;
  }
  if (current && truth(current) && current.kind !== 'unknown' && toText(current) === undefined)
    throw unplaced(`attempt to concatenate a ${current.kind} value (local 'host')`, place.statement);
  const scope = currentScope(environment);
  const key = `${scope}/${name}`;
  if (environment.seen.has(key)) {
    const line = warningLine(run, environment.file, { ...place.value, start: Math.max(place.value.start, place.value.end - 1) });
    builder.warnings.push({
      text: `${environment.file}:${line}: Duplicate option '${name}'`,
      origin: place.statement,
      ...doubt(run),
    });
  }
  journal.write(environment.seen, key, true);
  if (value.kind === 'nil' && value.unset) builder.unsetNames.push({ ...value.unset, use: 'option', key: name });
  record(run, {
    scope,
    name,
    value,
    form: 'assignment',
    origin: place.statement,
    nameOrigin: place.name,
    valueOrigin: place.value,
    ...doubt(run),
  });
}

/**
 * The line of a warning. Prosody looks for the file by Lua's short name of it, which a path of 60 bytes or more is not
 * equal to; then it fails where it only meant to warn (get_line_number of core/configmanager.lua).
 */
function warningLine(run: Run, file: string, at: Origin): number {
  if (chunkName(file) === file) return lineOf(run.builder, at);
  const { message } = fault("bad argument #2 to 'format' (number expected, got nil)", null);
  throw new LuaFault(string(message), message, null, at);
}
