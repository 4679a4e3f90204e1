import { type Meant, meantNames, type ProsodyVersion, providerNames } from '../../catalog/index.js';
import type { Origin, Setting, Value } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { isMachine, pluginPaths, presenceOf } from '../support/installed.js';
import { inside, whole } from '../support/settings.js';
import { literalOf, replacement } from '../support/source.js';
import { listWords } from '../support/words.js';

export const unknownProvider: Rule = {
  name: 'unknown-provider',
  severity: 'warning',
  summary: '`authentication` or `storage` names a provider that neither Prosody nor a known collection has.',
  fixable: 'sometimes',
  source: 'core/usermanager.lua (initialize_host) and core/storagemanager.lua (load_driver, get_driver)',
  since: '0.1.0',
  reach: 'section',
  check: {
    setting(context, setting) {
      const kind = KINDS[setting.name];
      if (!kind || !whole(context, setting)) return;
      for (const { value, at } of namesIn(setting)) judge(context, kind, value, at);
    },
  },
};

type Kind = 'auth' | 'storage';

const KINDS: Readonly<Record<string, Kind>> = { authentication: 'auth', storage: 'storage', default_storage: 'storage' };

/** The value, or for `storage` the values of its table: one provider for each store. */
function namesIn({ name, value, valueOrigin }: Setting): { value: Value; at: Origin }[] {
  if (value.kind === 'table' && name === 'storage' && !value.proxy)
    return [...value.table.entries.values()].map(entry => ({
      value: entry.value,
      at: entry.value.origin ?? entry.origin ?? valueOrigin,
    }));
  return [{ value, at: valueOrigin }];
}

function judge(context: RuleContext, kind: Kind, value: Value, at: Origin): void {
  if (value.kind !== 'string') return;
  const { version } = context;
  const names = providerNames(kind, version);
  if (names.includes(value.value)) return;
  const presence = presenceOf(context, pluginPaths(context), `${kind}_${value.value}`);
  if (presence.kind === 'known') return;
  const { nearest, near } = meantProviders(kind, version, value.value);
  if (near.length === 0 && presence.kind === 'unknown' && (!presence.looked || !context.complete)) return;
  const prefixed = value.value.startsWith(`${kind}_`);
  const words = near.map(name => `\`${name}\``);
  context.report({
    // without the machine's own modules at hand it may be one of one's own
    severity:
      context.complete && (presence.kind === 'other version' || (presence.looked && isMachine(context.files)))
        ? 'error'
        : 'warning',
    message: `\`${value.value}\` is no ${kind === 'auth' ? 'provider of accounts' : 'storage'} that Prosody ${version} or a known collection has${
      words.length > 0 ? `; did you mean ${listWords(words, 'or')}?` : ''
    }`,
    why:
      kind === 'auth'
        ? `Prosody looks for mod_auth_${value.value}, logs "Unable to load module" and lets nobody log in. \`prosodyctl check config\` says nothing.`
        : `Prosody looks for mod_storage_${value.value}, logs an error and keeps no data at all. \`prosodyctl check config\` says nothing.`,
    help: prefixed
      ? `Leave the \`${kind}_\` away.`
      : `Correct the name, or install mod_${kind}_${value.value} in a folder of \`plugin_paths\`.`,
    at,
    fix:
      nearest !== undefined && inside(at, value.origin) && literalOf(context.configuration, value)
        ? replacement(`Write "${nearest}"`, 'unsafe', at, `"${nearest}"`)
        : null,
  });
}

function meantProviders(kind: Kind, version: ProsodyVersion, name: string): Meant {
  const names = providerNames(kind, version);
  // 0.12 still took the name that mod_storage_sql had while it was new
  const alias = name === 'sql2' ? 'sql' : name.replace(new RegExp(`^(?:mod_)?${kind}_`), '');
  if (alias !== name && names.includes(alias)) return { nearest: alias, near: [alias] };
  return meantNames(name, names);
}
