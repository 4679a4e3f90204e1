import { GLOBAL, hosts, listEntries, openReason, type TableValue, type Value } from '../../evaluate/index.js';
import { DIRECTORY_WAYS } from '../../login/index.js';
import type { Rule } from '../rule.js';
import { isEnabled, providerOf } from '../support/hosts.js';
import { textOf } from '../support/ldap-table.js';

export const debugLog: Rule = {
  name: 'debug-log',
  severity: 'info',
  summary: 'The log has everything (`debug`), whole requests of clients among it.',
  fixable: 'never',
  source:
    'core/loggingmanager.lua: the levels; plugins/mod_bosh.lua logs whole requests at debug, with the password of a PLAIN login in Base64',
  since: '0.1.0',
  check: {
    configuration(context) {
      const { configuration, report } = context;
      // graver where passwords are sent as they are: logged-passwords tells that
      const plain = hosts(configuration).some(
        ({ name }) => DIRECTORY_WAYS.has(providerOf(context, name) ?? '') && isEnabled(context, name, 'bosh'),
      );
      if (plain) return;
      const option = configuration.sections.get(GLOBAL)?.options.get('log');
      if (!option) return;
      const { value } = option;
      // `*syslog` alone is a place for everything, a file's name alone is one from `info` on
      const at = isSink(value) ? value.origin : value.kind === 'table' ? debugEntry(value) : null;
      if (!at) return;
      report({
        message: 'the log has everything, down to `debug`',
        why: 'It grows fast, and whoever may read it sees what people send: mod_bosh writes whole requests into it.',
        help: 'Once what you look for is found, write `log = { info = "…" }` (or `warn`), and delete the old logs.',
        at,
      });
    },
  },
};

function isSink(value: Value): boolean {
  return /^\*./.test(textOf(value) ?? '');
}

/** `debug = "file"`, `{ levels = { min = "debug" }; … }` or `{ levels = { "debug" }; … }`; without `levels` all are meant. */
function debugEntry(log: TableValue) {
  const named = log.table.entries.get('debug');
  if (named && named.value.kind === 'string' && named.value.value !== '/dev/null') return named.keyOrigin ?? named.origin;
  for (const entry of listEntries(log)) {
    if (isSink(entry.value)) return entry.value.origin;
    if (entry.value.kind !== 'table' || openReason(entry.value)) continue;
    const levels = entry.value.table.entries.get('levels');
    if (!levels) return entry.origin;
    if (levels.value.kind !== 'table') continue;
    const least =
      levels.value.table.entries.get('min') ?? listEntries(levels.value).find(({ value }) => textOf(value) === 'debug');
    if (textOf(least?.value) === 'debug') return least!.value.origin ?? least!.origin;
  }
  return null;
}
