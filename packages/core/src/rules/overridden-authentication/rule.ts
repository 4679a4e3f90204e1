import { GLOBAL } from '../../evaluate/index.js';
import type { Rule } from '../rule.js';
import { overridingHosts } from '../support/hosts.js';
import { textOf } from '../support/ldap-table.js';
import { operationFix } from '../support/operation-fix.js';

export const overriddenAuthentication: Rule = {
  name: 'overridden-authentication',
  severity: 'warning',
  summary: "The global section chooses the directory, but a host's own `authentication` wins.",
  fixable: 'sometimes',
  source: 'core/configmanager.lua: host_mt, a host reads its own value before the global one; recorded as case 55',
  since: '0.1.0',
  reach: 'section',
  check: {
    configuration(context) {
      const global = context.configuration.sections.get(GLOBAL)?.options.get('authentication');
      for (const host of overridingHosts(context)) {
        const provider = textOf(global!.value)!;
        const own = host.options.get('authentication')!;
        const chosen = textOf(own.value)!;
        context.report({
          message: `\`${host.name}\` does not use ${provider}: its own \`authentication = "${chosen}"\` wins over the global section`,
          why: effectOf(chosen),
          help: `Write \`authentication = "${provider}"\` here if people shall log in with the directory.`,
          at: own.setting.valueOrigin,
          related: [{ message: 'overridden', at: global!.setting.valueOrigin }],
          fix: () =>
            operationFix(context, `Use ${provider} in ${host.name}`, {
              op: 'set',
              scope: { host: host.name },
              name: 'authentication',
              value: provider,
            }),
        });
      }
    },
  },
};

function effectOf(provider: string): string {
  if (provider === 'anonymous' || provider === 'jitsi-anonymous')
    return 'Everybody gets in to this host without a name or password.';
  return `People log in to this host with ${provider}, not with their account of the directory.`;
}
