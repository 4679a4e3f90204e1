import { nearestName } from '../../catalog/index.js';
import type { Key, TableEntry } from '../../evaluate/index.js';
import type { Fix } from '../finding.js';
import type { Rule, RuleContext } from '../rule.js';
import { aliasOf, type Level, ldapTables, levels, tableName } from '../support/ldap-table.js';
import { replacement, sourceOf } from '../support/source.js';
import { listWords } from '../support/words.js';

export const unknownLdapKey: Rule = {
  name: 'unknown-ldap-key',
  severity: 'warning',
  summary: 'The `ldap` table has a key that ldap2 does not know.',
  fixable: 'sometimes',
  source:
    'prosody-modules, mod_lib_ldap/ldap.lib.lua: config_params; validate_config returns true before it looks at any of them',
  since: '0.1.0',
  check: {
    configuration(context) {
      for (const { table } of ldapTables(context)) {
        for (const level of levels(table)) {
          // the entries of `groups` are a list of tables with keys of the administrator's own
          for (const [key, entry] of level.table.table.entries)
            if (isUnknown(level, key)) reportKey(context, level, String(key), entry);
        }
      }
    },
  },
};

function isUnknown({ schema }: Level, key: Key): key is string | number {
  if (typeof key === 'number') return !schema.entries;
  return typeof key === 'string' && !schema.anyKey && !schema.keys.some(known => known.name === key);
}

function reportKey(context: RuleContext, { schema, path, table }: Level, name: string, entry: TableEntry): void {
  const names = schema.keys.map(key => key.name);
  const meant = aliasOf(schema, name)?.name ?? nearestName(name, names);
  const elsewhere = schema.misplaced.find(other => other.name === name);
  const needed =
    meant !== undefined && schema.keys.some(key => key.name === meant && key.required) && !table.table.entries.has(meant);
  context.report({
    severity: needed ? 'error' : 'warning',
    message: `\`${name}\` is not a key of \`${tableName(path)}\`${meant ? `; the key is \`${meant}\`` : ''}`,
    why: needed
      ? `ldap2 does not look at it, so \`${meant}\` is missing: ${schema.keys.find(key => key.name === meant)!.whenMissing}`
      : 'ldap2 does not look at it and says nothing.',
    help: elsewhere && !meant ? `${elsewhere.help}.` : meant ? `Write \`${meant}\`.` : `Known keys: ${listWords(names)}.`,
    at: entry.keyOrigin ?? entry.origin ?? table.origin!,
    fix: meant && !table.table.entries.has(meant) ? renameKey(context, entry, name, meant) : null,
  });
}

function renameKey({ configuration }: RuleContext, entry: TableEntry, name: string, meant: string): Fix | null {
  if (!entry.keyOrigin || sourceOf(configuration, entry.keyOrigin) !== name) return null;
  return replacement(`Rename to \`${meant}\``, 'safe', entry.keyOrigin, meant);
}
