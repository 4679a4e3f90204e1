// The shape of the generated data: short keys and tuples, because every browser bundle carries it.

/** A literal as Lua source gave it: a list is an array, a table with names an object, `null` is nil. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** A value, or `{ $expr }` with the source text of an expression that only running it could tell. */
export type RawValue = JsonValue | { readonly $expr: string };

/** The getters of core/moduleapi.lua; `any` is its plain get_option, `raw` configmanager.get: neither coerces anything. */
export type Getter =
  | 'string'
  | 'boolean'
  | 'number'
  | 'integer'
  | 'period'
  | 'enum'
  | 'array'
  | 'set'
  | 'inherited_set'
  | 'path'
  | 'scalar'
  | 'any'
  | 'raw';

export interface RawDetails {
  readonly default?: RawValue;
  readonly enum?: readonly RawValue[];
  readonly min?: RawValue;
  readonly max?: RawValue;
  /** the value is compared with true or false where it is read */
  readonly boolean?: boolean;
}

/** Where an option is read: index into `files`, getter, global or host, line, what else is known. */
export type RawRead = readonly [file: number, getter: Getter, scope: 'g' | 'h', line: number, details?: RawDetails];

/** A file that reads options: path in the tree, the module it belongs to, 1 when it is of Debian's prosody-modules. */
export type RawFile = readonly [path: string, module: string, community: 0 | 1];

/** A net service: its options begin with `prefix`; `encryption` is `ssl` or `starttls`. */
export interface RawService {
  readonly name: string;
  readonly prefix: string;
  readonly line: number;
  readonly file: number;
  readonly encryption?: string;
  readonly ports?: readonly number[];
  readonly private?: boolean;
}

/** The option that moves the period of a periodic task (13.0's mod_cron). */
export interface RawTask {
  readonly name: string;
  readonly when: string;
  readonly line: number;
  readonly file: number;
}

export type RawModule = readonly [
  name: string,
  source: 'prosody' | 'prosody-modules',
  facts: { readonly global?: boolean; readonly depends?: readonly string[] },
];

/** What a table of modules says of a read: a getter, or what a net service has an option for. */
export type ListedGetter = Getter | 'ports' | 'interfaces' | 'ssl';

/** Modules of the prosody-modules collection that Debian does not package, and by option which of them read it, with what getters. */
export interface RawCommunity {
  readonly modules: readonly string[];
  readonly options: Readonly<Record<string, readonly (readonly [module: string, ...getters: ListedGetter[]])[]>>;
}

/** The lists inside `prosodyctl check config`. */
export interface RawCheckLists {
  readonly obsolete: readonly string[];
  readonly deprecated: Readonly<Record<string, string>>;
  readonly globalOnly: readonly string[];
  readonly globalExcept: readonly string[];
  readonly globalPatterns: readonly string[];
}

/** Everything that one version's tree gives. */
export interface RawCatalog {
  readonly files: readonly RawFile[];
  readonly options: Readonly<Record<string, readonly RawRead[]>>;
  readonly services: readonly RawService[];
  readonly tasks: readonly RawTask[];
  readonly modules: readonly RawModule[];
  readonly checkLists: RawCheckLists;
}
