import { effective, hosts, type Value } from '../../evaluate/index.js';
import { DIRECTORY_WAYS } from '../../login/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { isOwnMachine } from '../support/addresses.js';
import { isNamed, isOn, providerOf } from '../support/hosts.js';
import { textOf } from '../support/ldap-table.js';

export const clearTextLogin: Rule = {
  name: 'clear-text-login',
  severity: 'info',
  summary: 'Passwords of the directory may come to Prosody without encryption, on a port that others can reach.',
  fixable: 'never',
  source: 'plugins/mod_saslauth.lua: insecure_mechanisms and allow_unencrypted_plain_auth; recorded on Prosody 0.12.3',
  since: '0.1.0',
  reach: 'section',
  check: {
    configuration(context) {
      const { configuration, complete } = context;
      if (!complete || isOut(context, '*') || isLocal(context)) return;
      for (const host of hosts(configuration)) {
        if (!isNamed(host) || !isOn(host) || !DIRECTORY_WAYS.has(providerOf(context, host.name) ?? '')) continue;
        const plain = effective(configuration, host.name, 'allow_unencrypted_plain_auth');
        const encryption = effective(configuration, host.name, 'c2s_require_encryption');
        if (!isBoolean(plain?.value, true) || !isBoolean(encryption?.value, false) || isOut(context, host.name)) continue;
        context.report({
          message: `\`${host.name}\` takes passwords of the directory without encryption`,
          why: 'Both switches together offer PLAIN on any connection, also on the port for clients (5222), which listens for everybody unless `c2s_interfaces` says otherwise. Whoever is on the way reads the passwords.',
          help: 'Remove it; behind a proxy on this machine `consider_bosh_secure = true` is enough. Or close the port: `c2s_interfaces = { "127.0.0.1" }`.',
          at: plain!.setting.nameOrigin,
          related: [{ message: 'and encryption is not required', at: encryption!.setting.nameOrigin }],
        });
      }
    },
  },
};

function isBoolean(value: Value | undefined, wanted: boolean): boolean {
  return value?.kind === 'boolean' && value.value === wanted;
}

/** Whether mod_c2s is switched off, or may be. */
function isOut({ configuration }: RuleContext, scope: string): boolean {
  const disabled = effective(configuration, scope, 'modules_disabled')?.value;
  if (!disabled) return false;
  return (
    disabled.kind !== 'table' || [...disabled.table.entries.values()].some(({ value }) => (textOf(value) ?? 'c2s') === 'c2s')
  );
}

/** Whether the port for clients is for this machine alone, or may be. */
function isLocal({ configuration }: RuleContext): boolean {
  const value = (effective(configuration, '*', 'c2s_interfaces') ?? effective(configuration, '*', 'interfaces'))?.value;
  if (!value) return false;
  const names = value.kind === 'table' ? [...value.table.entries.values()].map(entry => textOf(entry.value)) : [textOf(value)];
  return names.every(name => name === undefined || isOwnMachine(name));
}
