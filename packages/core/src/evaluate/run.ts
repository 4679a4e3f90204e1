import type { ProsodyVersion } from '../catalog/index.js';
import type { Document, Node } from '../syntax/index.js';
import type { ConfigurationBuilder } from './builder.js';
import type { FileSystem } from './files.js';
import type { Journal } from './journal.js';
import type { Reuse } from './reuse.js';
import type { Caller, Origin, Table, Value } from './values.js';

export type { ProsodyVersion };

/** Bounds on one evaluation; beyond them it stops with a problem, never with a hang. */
export interface Limits {
  /** Statements, calls and loop turns. */
  readonly steps: number;
  /** Calls inside calls; Lua's own C limit is 200, its stack allows more. */
  readonly calls: number;
  /** Files read, includes of includes counted each time. */
  readonly files: number;
  /** UTF-16 code units of one string. */
  readonly stringLength: number;
}

export const LIMITS: Limits = { steps: 2_000_000, calls: 160, files: 10_000, stringLength: 4_000_000 };

/** What all of one evaluation shares. */
export interface Run {
  readonly files: FileSystem;
  readonly version: ProsodyVersion;
  /** The environment variables that Prosody would see; `undefined` when nobody knows them. */
  readonly environment: Readonly<Record<string, string>> | undefined;
  readonly limits: Limits;
  readonly journal: Journal;
  readonly builder: ConfigurationBuilder;
  /** Call sites, innermost last; null where a library function calls. */
  readonly stack: (Origin | null)[];
  /** Tables of the standard library by global name (`string`, `table` …). */
  readonly library: ReadonlyMap<string, Value>;
  /** Why what happens now may not happen: the unknown conditions that hold it, outermost first. */
  readonly doubts: string[];
  /** `guards`: the calls of pcall and xpcall that are going on; `overrides`: the steps for what settings had overridden. */
  readonly counts: { steps: number; files: number; guards: number; overrides: number };
  readonly parseFile: (path: string, text: string) => Document;
  /** What of an earlier evaluation can be taken, and what of this one later. */
  readonly reuse: Reuse;
}

/** Names that are not local: Prosody's environment of a file, or plain Lua globals. */
export interface Globals {
  get(name: string, at: Origin): Value;
  set(name: string, value: Value, place: AssignmentPlace): void;
}

/** Where an assignment and its parts stand. */
export interface AssignmentPlace {
  readonly statement: Origin;
  readonly name: Origin;
  readonly value: Origin;
}

export interface Scope {
  readonly variables: Map<string, Value>;
  /** The scope of a function's parameters: what lies outside is an upvalue inside. */
  readonly ofFunction?: true;
  readonly parent: Scope | null;
}

/** Where evaluation is: in which file, statement and scope. */
export interface Frame {
  readonly run: Run;
  readonly file: string;
  /** Start of the top-level statement that node ranges count from. */
  readonly base: number;
  readonly globals: Globals;
  readonly scope: Scope;
  readonly varargs: readonly Value[];
}

/** An error of the configuration's own program: what Lua would raise. */
export class LuaFault extends Error {
  constructor(
    /** The value raised; a string mostly. */
    readonly value: Value,
    message: string,
    /** Where Lua says it happened; null where the message names no place (`error(…, 0)`). */
    readonly at: Origin | null,
    /** Where a reader should look: the place, also when Lua names none. */
    override readonly cause: Origin | null = at,
    /** A chunk did not parse: the message is in our words, the place is Lua's. */
    readonly syntax = false,
  ) {
    super(message);
  }
}

/** A bound of `Limits` was reached. */
export class Exhausted extends Error {
  constructor(
    readonly what: string,
    readonly at: Origin | null,
  ) {
    super(what);
  }
}

/** Raises an error as `error(message)` at this place would. */
export function fault(message: string, at: Origin | null, cause: Origin | null = at): LuaFault {
  return new LuaFault({ kind: 'string', value: message, origin: null }, message, at, cause);
}

/** Counts one step of work. */
export function step(run: Run, at: Origin | null): void {
  work(run, at, 1);
}

/** Counts work that grows with what it is done to: a long string, a big table. */
export function work(run: Run, at: Origin | null, steps: number): void {
  run.counts.steps += steps;
  if (run.counts.steps > run.limits.steps) throw new Exhausted(`more than ${run.limits.steps} steps`, at);
}

export function originOf(frame: Frame, node: Node): Origin {
  return { file: frame.file, start: frame.base + node.range[0], end: frame.base + node.range[1] };
}

export function innerScope(frame: Frame): Frame {
  return { ...frame, scope: { variables: new Map(), parent: frame.scope } };
}

/** The value of a local variable, or `undefined` where the name is not local. */
export function findLocal(scope: Scope | null, name: string): Scope | undefined {
  for (let at = scope; at; at = at.parent) if (at.variables.has(name)) return at;
  return undefined;
}

/**
 * Who calls: `name` as the call names the callee (`method 'rep'`), `direct` where the configuration itself calls and not
 * a library function for it, which Lua's messages tell apart.
 */
export function callerOf(
  run: Run,
  at: Origin,
  name?: string,
  direct = true,
): Caller & { readonly run: Run; readonly name: string | undefined; readonly direct: boolean } {
  return { at, run, name, direct };
}

/** Sets an entry of a table (`rawset`), in a way that a branch can take back. */
export function setEntry(
  run: Run,
  table: Table,
  key: Parameters<Table['entries']['get']>[0],
  value: Value,
  origin: Origin | null,
  keyOrigin: Origin | null = null,
): void {
  work(run, origin, 2);
  run.journal.write(table.entries, key, value.kind === 'nil' ? undefined : { value, origin, keyOrigin });
}
