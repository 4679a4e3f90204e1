/** A type of Lua, as `type()` names it. */
export type LuaTypeName = 'string' | 'number' | 'boolean' | 'table';

/** What a string value is, so that a rule knows which parser to try on it. */
export type SettingKind = 'dn' | 'filter' | 'hostname' | 'bind-name' | 'attribute' | 'plain';

/** The modules that read a key. */
export type SettingReader = 'auth_ldap2' | 'storage_ldap' | 'auth_ldap';

/** What a missing key does to a login, worst first. */
export type MissingEffect =
  /** The module does not start, no login mechanism is offered. */
  | 'not-loaded'
  /** Every login ends in a Lua error and the client gets no answer. */
  | 'no-answer'
  /** Every login is refused. */
  | 'nobody-found'
  /** The search is done without a name and password. */
  | 'anonymous'
  /** Logins work, but something else is wrong. */
  | 'other'
  /** A default is used, or nothing happens. */
  | 'none';

/** What everything that can be set has in common: an option of mod_auth_ldap or a key of ldap2's table. */
export interface SettingBase {
  /** The types that work. */
  readonly types: readonly LuaTypeName[];
  readonly kind: SettingKind;
  /** Whether the value has to be hidden in every output. */
  readonly secret: boolean;
  /** Whether the module's own documentation, or its (disabled) checker, wants it. */
  readonly required: boolean;
  /** One or two sentences for a hover or a completion. */
  readonly documentation: string;
  /** What Prosody does without it and what the user sees: the "why" of a finding. */
  readonly whenMissing: string;
  readonly missingEffect: MissingEffect;
  readonly readBy: readonly SettingReader[];
  /** The only values that work, where there is a list. */
  readonly values?: readonly string[];
  /** The default, as a Lua literal. */
  readonly defaultValue?: string;
  /** Something to know about one version of Prosody or of a library. */
  readonly versionNote?: string;
}

/** One key of a table: either a value, or a table with keys of its own. */
export interface TableKey extends SettingBase {
  readonly name: string;
  /** Wrong names that people write for this key in this same table (for the wrong table see `misplaced`). */
  readonly aliases: readonly string[];
  readonly table?: TableSchema;
}

/** A name that does not belong into this table: its value belongs to `meant`, a path from the top, or nowhere (`''`). */
export interface MisplacedKey {
  readonly name: string;
  readonly meant: string;
  readonly help: string;
}

/** The keys of a table. `entries` describes its list part, `anyKey` what every other string key holds (the names are free). */
export interface TableSchema {
  readonly keys: readonly TableKey[];
  readonly entries?: TableSchema;
  readonly anyKey?: TableKey;
  readonly misplaced: readonly MisplacedKey[];
}

/** One global or host option. */
export interface OptionSetting extends SettingBase {
  readonly name: string;
  readonly aliases: readonly string[];
}
