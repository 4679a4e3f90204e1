import { effective, hosts, type Section } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { isOn, providerOf } from '../support/hosts.js';
import { textOf } from '../support/ldap-table.js';
import { sectionsAreKnown } from '../support/sections.js';
import { listWords } from '../support/words.js';

export const missingTokenSettings: Rule = {
  name: 'missing-token-settings',
  severity: 'error',
  summary: 'A virtual host looks at tokens, but cannot check them: `app_id` or the key is missing.',
  fixable: 'never',
  source:
    "Jitsi Meet's token/util.lib.lua, Util.new: \"'app_id' must not be empty\", \"'app_secret' or 'asap_key_server' must be specified\"",
  since: '0.1.0',
  check: {
    configuration(context) {
      if (!sectionsAreKnown(context)) return;
      for (const host of hosts(context.configuration))
        if (isOn(host) && providerOf(context, host.name) === 'token') check(context, host);
    },
  },
};

const KEYS = ['app_secret', 'asap_key_server', 'cache_keys_url'];

function check(context: RuleContext, host: Section): void {
  const { configuration } = context;
  const isSet = (name: string) => {
    const value = effective(configuration, host.name, name)?.value;
    return value !== undefined && value.kind !== 'nil' && !(name === 'app_id' && textOf(value) === '');
  };
  const missing = [
    ...(isSet('app_id') ? [] : ['`app_id`']),
    ...(KEYS.some(isSet) ? [] : ['`app_secret` (or `asap_key_server`)']),
  ];
  const provider = effective(configuration, host.name, 'authentication');
  if (missing.length === 0 || !provider) return;
  context.report({
    message: `\`${host.name}\` looks at tokens, but ${listWords(missing)} ${missing.length > 1 ? 'are' : 'is'} missing`,
    why: 'The provider is not loaded without: Prosody offers no way to log in, and nobody gets in.',
    help: `Set ${listWords(missing)} in \`${host.name}\`.`,
    at: provider.setting.valueOrigin,
  });
}
