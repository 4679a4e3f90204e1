import { effective, hosts, type Setting, type TableEntry, type TableValue, type Value } from '../../evaluate/index.js';
import { LDAP2_SCHEMA, type TableKey, type TableSchema } from '../../ldap/index.js';
import type { RuleContext } from '../rule.js';

/** An `ldap` table that holds somewhere in the configuration. */
export interface LdapTable {
  readonly setting: Setting;
  readonly table: TableValue;
}

/** One table of the settings with its schema: the `ldap` table itself, or one inside it. */
export interface Level {
  readonly path: readonly string[];
  readonly table: TableValue;
  readonly schema: TableSchema;
}

/**
 * The `ldap` tables that a host with ldap2 uses. In a lone file, where the hosts are not known, every `ldap` table counts,
 * unless it has hosts and none of them uses ldap2.
 */
export function ldapTables({ configuration, complete }: RuleContext): LdapTable[] {
  const users = hosts(configuration).filter(
    host => textOf(effective(configuration, host.name, 'authentication')?.value) === 'ldap2',
  );
  const reached = new Set(users.map(host => effective(configuration, host.name, 'ldap')?.setting));
  const found: LdapTable[] = [];
  for (const section of configuration.sections.values()) {
    const option = section.options.get('ldap');
    if (option?.value.kind !== 'table') continue;
    if (complete ? reached.has(option.setting) : users.length > 0 || hosts(configuration).length === 0)
      found.push({ setting: option.setting, table: option.value });
  }
  return found;
}

/** The table and those inside it, each with what the schema knows of it. */
export function levels(table: TableValue, schema: TableSchema = LDAP2_SCHEMA, path: readonly string[] = []): Level[] {
  const inner = schema.keys.flatMap(key => {
    const value = table.table.entries.get(key.name)?.value;
    return key.table && value?.kind === 'table' ? levels(value, key.table, [...path, key.name]) : [];
  });
  return [{ path, table, schema }, ...inner];
}

/** Every key of the table that the schema knows, with its entry. */
export function knownEntries(table: TableValue): { path: string; key: TableKey; entry: TableEntry; level: Level }[] {
  return levels(table).flatMap(level =>
    level.schema.keys.flatMap(key => {
      const entry = level.table.table.entries.get(key.name);
      return entry ? [{ path: [...level.path, key.name].join('.'), key, entry, level }] : [];
    }),
  );
}

/** The key that a wrong name is written for, if the schema knows that mistake. */
export function aliasOf(schema: TableSchema, name: string): TableKey | undefined {
  return (
    schema.keys.find(key => key.aliases.includes(name)) ?? schema.keys.find(key => key.name.toLowerCase() === name.toLowerCase())
  );
}

/** A string value's text, `undefined` for all else. */
export function textOf(value: Value | undefined): string | undefined {
  return value?.kind === 'string' ? value.value : undefined;
}

/** `ldap` or `ldap.user`, as findings name a table. */
export function tableName(path: readonly string[]): string {
  return ['ldap', ...path].join('.');
}
