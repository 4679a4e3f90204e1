import { type Effective, effective, hosts } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { hasModule } from '../support/host-modules.js';
import { textOf } from '../support/ldap-table.js';
import { isOnHere } from '../support/module-entries.js';

export const conflictingTurnSecret: Rule = {
  name: 'conflicting-turn-secret',
  severity: 'error',
  summary: 'Two virtual hosts have different secrets for one TURN server.',
  fixable: 'never',
  source:
    'util/prosodyctl/check.lua, checks.turn: "Your configuration contains multiple differing secrets"; plugins/mod_turn_external.lua',
  since: '0.1.0',
  check: {
    configuration(context) {
      const { configuration } = context;
      const known = new Map<string, { host: string; secret: Effective }>();
      for (const host of hosts(configuration)) {
        if (!isOnHere(context, host) || hasModule(context, host.name, 'turn_external') !== true) continue;
        const secret = effective(configuration, host.name, 'turn_external_secret');
        const service = serviceOf(context, host.name);
        const text = textOf(secret?.value);
        if (!secret || text === undefined || service === undefined) continue;
        const other = known.get(service);
        if (!other) known.set(service, { host: host.name, secret });
        else if (textOf(other.secret.value) !== text)
          context.report({
            message: `\`${host.name}\` and \`${other.host}\` have different secrets for the TURN server ${service}`,
            why: 'The server knows one of them: the users of the other host are refused, and their calls fail behind firewalls.',
            help: 'Write the secret of the TURN server once, in the global section.',
            at: secret.setting.nameOrigin,
            related: [{ message: 'the other one', at: other.secret.setting.nameOrigin }],
          });
      }
    },
  },
};

/** Machine and port of the TURN server, where they are known. */
function serviceOf({ configuration }: RuleContext, host: string): string | undefined {
  const machine = effective(configuration, host, 'turn_external_host')?.value;
  const port = effective(configuration, host, 'turn_external_port')?.value;
  const name = machine ? textOf(machine) : host;
  const number = port ? (port.kind === 'number' ? String(port.value) : textOf(port)) : '3478';
  return name === undefined || number === undefined ? undefined : `${name}:${number}`;
}
