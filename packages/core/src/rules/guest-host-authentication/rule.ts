import { effective, hosts } from '../../evaluate/index.js';
import type { Rule } from '../rule.js';
import { isOn, providerOf } from '../support/hosts.js';
import { meetingHosts, PASSWORD_PROVIDERS } from '../support/jitsi.js';
import { operationFix } from '../support/operation-fix.js';
import { sectionPlace } from '../support/section-place.js';

export const guestHostAuthentication: Rule = {
  name: 'guest-host-authentication',
  severity: 'warning',
  summary: 'The virtual host of the guests asks for a password.',
  fixable: 'sometimes',
  source: "Jitsi's handbook, secure domain: the host of `anonymousdomain` has `jitsi-anonymous` or `anonymous`",
  since: '0.1.0',
  check: {
    configuration(context) {
      const { configuration, complete } = context;
      if (!complete) return;
      const guests = new Set(meetingHosts(context).map(host => `guest.${host.name}`));
      for (const host of hosts(configuration)) {
        const provider = providerOf(context, host.name);
        if (!guests.has(host.name) || !isOn(host) || provider === undefined || !PASSWORD_PROVIDERS.has(provider)) continue;
        const option = effective(configuration, host.name, 'authentication');
        const own = option && !option.inherited;
        const at = own ? option.setting.valueOrigin : sectionPlace(host);
        if (!at) continue;
        context.report({
          message: own
            ? `guests of \`${host.name}\` are asked for a password: \`authentication = "${provider}"\``
            : `guests of \`${host.name}\` are asked for a password: it has no \`authentication\` of its own, so ${provider} holds`,
          why: 'Nobody can come in as a guest: whoever has no account waits for ever.',
          help: 'Write `authentication = "jitsi-anonymous"` here.',
          at,
          related: option?.inherited ? [{ message: 'taken over from here', at: option.setting.valueOrigin }] : [],
          fix: () =>
            operationFix(context, `Let guests in to ${host.name}`, {
              op: 'set',
              scope: { host: host.name },
              name: 'authentication',
              value: 'jitsi-anonymous',
            }),
        });
      }
    },
  },
};
