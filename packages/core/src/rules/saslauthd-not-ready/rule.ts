import { effective } from '../../evaluate/index.js';
import { lineOf } from '../../ldap/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { cyrusHosts, saslSettings, valuePlace } from '../support/saslauthd.js';
import { type System, systemOf } from '../support/system.js';

export const saslauthdNotReady: Rule = {
  name: 'saslauthd-not-ready',
  severity: 'error',
  summary: 'A host with cyrus asks saslauthd, which does not start, does not ask the directory, or cannot be reached.',
  fixable: 'never',
  source: "Debian's sasl2-bin: /etc/default/saslauthd, /run/saslauthd is 710 root:sasl; Jitsi's handbook, ldap-authentication",
  since: '0.1.0',
  check: {
    configuration(context) {
      const host = cyrusHosts(context)[0];
      const system = systemOf(context);
      if (host === undefined || !system) return;
      checkDefaults(context, system);
      checkGroup(context, system, host);
    },
  },
};

function checkDefaults(context: RuleContext, system: System): void {
  const file = system.read('/etc/default/saslauthd', 'shell');
  if (!file) return;
  const start = lineOf(file, 'START', 'last');
  if (start && start.value !== 'yes') {
    context.report({
      message: `saslauthd is not started: START is "${start.value}"`,
      why: 'Prosody cannot reach it, and every login ends in "generic failure".',
      help: 'Write START=yes, and start it: systemctl enable --now saslauthd.',
      at: valuePlace(file, start),
    });
  }
  const mechanisms = lineOf(file, 'MECHANISMS', 'last');
  if (mechanisms && system.text('/etc/saslauthd.conf') !== undefined && !/\bldap\b/.test(mechanisms.value)) {
    context.report({
      message: `saslauthd does not ask the directory: MECHANISMS is "${mechanisms.value}"`,
      why: 'It looks passwords up elsewhere, and /etc/saslauthd.conf is not read.',
      help: 'Write MECHANISMS="ldap".',
      at: valuePlace(file, mechanisms),
    });
  }
}

/** The socket is in a folder that only the group sasl may enter. */
function checkGroup(context: RuleContext, system: System, host: string): void {
  const text = system.text('/etc/group');
  const group = text && /^sasl:[^:\n]*:(\d+):([^\n]*)$/m.exec(text);
  const asks =
    system.text('/etc/saslauthd.conf') !== undefined || /saslauthd/.test(saslSettings(context, host)?.file?.text ?? '');
  const user = /^prosody:[^:\n]*:\d+:(\d+):/m.exec(system.text('/etc/passwd') ?? '');
  const provider = effective(context.configuration, host, 'authentication');
  if (!asks || !group || !user || !provider || user[1] === group[1] || group[2]!.split(',').includes('prosody')) return;
  const end = group.index + group[0].length;
  context.report({
    message: 'Prosody cannot reach saslauthd: the user prosody is not in the group sasl',
    why: 'The socket of saslauthd is in a folder that only this group may enter. Every login ends in "generic failure".',
    help: 'Run adduser prosody sasl, and restart Prosody.',
    at: { file: system.path('/etc/group'), start: group.index, end },
    related: [{ message: 'this asks saslauthd', at: provider.setting.valueOrigin }],
  });
}
