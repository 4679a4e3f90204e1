import { effective } from '../../evaluate/index.js';
import { DIRECTORY_WAYS } from '../../login/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { isOn, providerOf } from '../support/hosts.js';
import { ANONYMOUS, meetingHosts, serviceHosts, TOKEN_PROVIDERS } from '../support/jitsi.js';
import { operationFix } from '../support/operation-fix.js';

export const serviceHostAuthentication: Rule = {
  name: 'service-host-authentication',
  severity: 'error',
  summary: "The virtual host on which Jitsi's own services log in does not have Prosody's own accounts.",
  fixable: 'sometimes',
  source:
    "Jitsi's packages make the accounts of focus and jvb with prosodyctl register, which only the internal providers keep (core/usermanager.lua)",
  since: '0.1.0',
  check: {
    configuration(context) {
      // a lone file with the host in it may be followed by one that says more
      if (!context.complete || meetingHosts(context).length === 0) return;
      for (const host of serviceHosts(context)) {
        const provider = providerOf(context, host.name);
        const effect = provider === undefined ? undefined : effectOf(provider);
        if (effect === undefined || !isOn(host)) continue;
        const option = effective(context.configuration, host.name, 'authentication')!;
        const opening = host.openings[0];
        context.report({
          message: `Jitsi's services log in on \`${host.name}\`, which has \`authentication = "${provider}"\`${option.inherited ? ' from the global section' : ''}`,
          why: effect,
          help: `Write \`authentication = "internal_hashed"\` in \`${host.name}\`.`,
          at: option.inherited && opening ? opening.nameOrigin : option.setting.valueOrigin,
          related: option.inherited ? [{ message: 'taken over from here', at: option.setting.valueOrigin }] : [],
          fix: () => fixOf(context, host.name),
        });
      }
    },
  },
};

function effectOf(provider: string): string | undefined {
  if (DIRECTORY_WAYS.has(provider))
    return 'Jicofo and the videobridge have no accounts in the directory, and cannot log in: no meeting starts.';
  if (ANONYMOUS.has(provider))
    return 'Anonymous users get random names: Jicofo and the videobridge cannot log in as themselves, and no meeting starts.';
  if (TOKEN_PROVIDERS.has(provider)) return 'Jicofo and the videobridge have no tokens, and cannot log in: no meeting starts.';
  return undefined;
}

function fixOf(context: RuleContext, host: string) {
  return operationFix(context, `Use Prosody's own accounts in ${host}`, {
    op: 'set',
    scope: { host },
    name: 'authentication',
    value: 'internal_hashed',
  });
}
