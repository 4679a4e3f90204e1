// What the catalogue answers with.
import type { Getter, JsonValue } from './raw.js';
import type { Replacement } from './replacements.js';

export type { Getter, JsonValue } from './raw.js';

/** The versions of Prosody that the catalogue knows. */
export type ProsodyVersion = '0.12' | '13.0';

/** Every version, oldest first. */
export const prosodyVersions: readonly ProsodyVersion[] = ['0.12', '13.0'];

/**
 * What a value should be. `list` keeps its order, `set` does not; both also take one value alone. `scalar` is anything but a
 * table. `any` means that nothing is known, so nothing may be demanded.
 */
export type OptionType =
  | 'string'
  | 'boolean'
  | 'number'
  | 'integer'
  | 'period'
  | 'enum'
  | 'list'
  | 'set'
  | 'table'
  | 'path'
  | 'port-list'
  | 'interface-list'
  | 'ssl'
  | 'certificate'
  | 'scalar'
  | 'any';

/** Who reads an option or has a module: Prosody's core, its modules, the prosody-modules collection, Jitsi Meet. */
export type CatalogSource = 'core' | 'prosody' | 'prosody-modules' | 'jitsi';

/** A value, or the source text of the Lua expression that makes it. */
export type CatalogValue = { readonly literal: JsonValue } | { readonly expression: string };

/** One place where an option is read. Without `file` the fact is not from a Prosody tree of the labs. */
export interface OptionReader {
  /** the module, or `core.x`, `util.x`, `net.x` for the server itself, `prosody` and `prosodyctl` for the commands */
  readonly module: string;
  readonly getter: Getter;
  /** what is read: the global section alone, or the host's own value with the global one behind it */
  readonly scope: 'global' | 'host';
  readonly source: CatalogSource;
  /** path inside the Prosody tree, and its line from 1 */
  readonly file?: string;
  readonly line?: number;
  readonly default?: CatalogValue;
  readonly values?: readonly CatalogValue[];
  readonly min?: CatalogValue;
  readonly max?: CatalogValue;
}

export interface OptionInfo {
  readonly name: string;
  readonly type: OptionType;
  /** the allowed values of an `enum` */
  readonly values?: readonly CatalogValue[];
  /** the first literal or expression that a reader falls back to */
  readonly default?: CatalogValue;
  readonly readers: readonly OptionReader[];
  /** `global`: setting it in a host has no effect */
  readonly scope: 'global' | 'any';
  /** the whole value is a secret; for keys inside a table ask isSecret */
  readonly secret: boolean;
  readonly source: CatalogSource;
  /** Prosody calls it deprecated, and says what to use */
  readonly deprecated?: Outdated;
  /** Prosody calls it obsolete: it does nothing */
  readonly obsolete?: Outdated;
}

export interface Outdated {
  /** what to do instead, in words */
  readonly text: string;
  readonly replacement: Replacement;
}

export type ModuleKind = 'module' | 'component' | 'auth' | 'storage' | 'authz';

export interface ModuleInfo {
  /** as `modules_enabled` or `Component` name it; a provider keeps its prefix (`auth_ldap`) */
  readonly name: string;
  /** what the name is made for; a `component` stands behind `Component "name" "module"` */
  readonly kind: ModuleKind;
  readonly source: CatalogSource;
  /** the options it reads, sorted */
  readonly options: readonly string[];
  /** the modules it loads by itself */
  readonly depends: readonly string[];
  /** it runs once for the whole server */
  readonly global: boolean;
}
