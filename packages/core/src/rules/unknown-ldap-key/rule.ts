import { findOption, nearestName } from '../../catalog/index.js';
import { GLOBAL, type Key, type Setting, type TableEntry } from '../../evaluate/index.js';
import { LDAP_SETTINGS } from '../../ldap/index.js';
import type { Fix } from '../finding.js';
import type { Rule, RuleContext } from '../rule.js';
import { accesses } from '../support/directory.js';
import { aliasOf, type Level, ldapTables, levels, tableName } from '../support/ldap-table.js';
import { replacement, sourceOf } from '../support/source.js';
import { listWords } from '../support/words.js';

export const unknownLdapKey: Rule = {
  name: 'unknown-ldap-key',
  severity: 'warning',
  summary: 'A setting of LDAP has a name that the module does not know.',
  fixable: 'sometimes',
  source:
    'prosody-modules, mod_lib_ldap/ldap.lib.lua: config_params; validate_config returns true before it looks at any of them',
  since: '0.1.0',
  reach: 'section',
  check: {
    configuration(context) {
      for (const setting of context.configuration.settings) checkOption(context, setting);
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

/** A name that mod_auth_ldap does not read, for one that it does. */
function checkOption(context: RuleContext, setting: Setting): void {
  const meant = LDAP_SETTINGS.find(option => option.aliases.includes(setting.name));
  const { configuration } = context;
  if (!meant || meant.name === 'ldap_admin_filter' || findOption(setting.name, context.version)) return;
  const used = accesses(context).some(
    ({ way, hosts }) => way === 'ldap' && hosts.some(host => setting.scope === GLOBAL || setting.scope === host),
  );
  if (!used) return;
  const there = configuration.sections.get(setting.scope)?.options.has(meant.name) ?? false;
  const isPlainName = sourceOf(configuration, setting.nameOrigin) === setting.name;
  context.report({
    severity: there ? 'warning' : 'error',
    message: `\`${setting.name}\` is not an option of mod_auth_ldap; the option is \`${meant.name}\``,
    why: `Nothing reads it.${there ? '' : ` ${meant.whenMissing}`}`,
    help: `Write \`${meant.name}\`.`,
    at: setting.nameOrigin,
    fix: there || !isPlainName ? null : replacement(`Rename to \`${meant.name}\``, 'safe', setting.nameOrigin, meant.name),
  });
}

function isUnknown({ schema }: Level, key: Key): key is string | number {
  if (typeof key === 'number') return !schema.entries;
  return typeof key === 'string' && !schema.anyKey && !schema.keys.some(known => known.name === key);
}

function reportKey(context: RuleContext, { schema, path, table }: Level, name: string, entry: TableEntry): void {
  const names = schema.keys.map(key => key.name);
  const meant = aliasOf(schema, name)?.name ?? nearestName(name, names);
  const elsewhere = schema.misplaced.find(other => other.name === name);
  const needed =
    meant !== undefined &&
    schema.keys.some(key => key.name === meant && key.required && key.readBy.includes('auth_ldap2')) &&
    !table.table.entries.has(meant);
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
