import { effective, GLOBAL, hosts, type Section } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { isOn, providerOf } from '../support/hosts.js';
import { ANONYMOUS, PASSWORD_PROVIDERS } from '../support/jitsi.js';

export const unusedTokenSettings: Rule = {
  name: 'unused-token-settings',
  severity: 'warning',
  summary: 'A virtual host has the settings for tokens, but its `authentication` does not look at tokens.',
  fixable: 'never',
  source: "Jitsi Meet's token/util.lib.lua reads app_id and app_secret; of the providers only auth_token and its kin use it",
  since: '0.1.0',
  check: {
    configuration(context) {
      if (!context.complete) return;
      const all = hosts(context.configuration).filter(isOn);
      for (const host of all) if (ignoresTokens(context, host)) report(context, host);
      const global = context.configuration.sections.get(GLOBAL);
      if (global && all.length > 0 && all.every(host => ignoresTokens(context, host))) report(context, global);
    },
  },
};

/** Only token authentication reads it; what else tells of tokens (`asap_…`) other modules read too. */
const SETTINGS = ['app_id', 'app_secret'];

function ignoresTokens(context: RuleContext, host: Section): boolean {
  const option = effective(context.configuration, host.name, 'authentication');
  if (host.name.startsWith('?') || option?.setting.doubt) return false;
  const provider = providerOf(context, host.name);
  return provider !== undefined && (ANONYMOUS.has(provider) || PASSWORD_PROVIDERS.has(provider));
}

function report(context: RuleContext, section: Section): void {
  const setting = SETTINGS.map(name => section.options.get(name)?.setting).find(found => found && !found.doubt);
  if (!setting) return;
  const provider = providerOf(context, section.name)!;
  const option = effective(context.configuration, section.name, 'authentication');
  const where = section.name === GLOBAL ? 'no virtual host' : `not \`${section.name}\``;
  context.report({
    message: `\`${setting.name}\` is for tokens, but ${where === 'no virtual host' ? `${where} has` : `\`${section.name}\` does not have`} \`authentication = "token"\``,
    why: ANONYMOUS.has(provider)
      ? 'Nobody looks at tokens: everybody gets in without one.'
      : `Nobody looks at tokens: ${provider} asks for a name and a password.`,
    help: 'Write `authentication = "token"` there, or remove the settings for tokens.',
    at: setting.nameOrigin,
    related: option ? [{ message: 'this decides who gets in', at: option.setting.valueOrigin }] : [],
  });
}
