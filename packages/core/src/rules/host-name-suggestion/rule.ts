import { hosts } from '../../evaluate/index.js';
import type { Rule } from '../rule.js';
import { meetingHosts } from '../support/jitsi.js';
import { isOnHere } from '../support/module-entries.js';

export const hostNameSuggestion: Rule = {
  name: 'host-name-suggestion',
  severity: 'info',
  summary: 'A virtual host is named jabber., xmpp., chat. or im., which its users then have in their addresses.',
  fixable: 'never',
  source: 'util/prosodyctl/check.lua: "If … is a new host with no real users yet, consider renaming it"; RFC 6120, 3.2.1',
  since: '0.1.0',
  check: {
    configuration(context) {
      // where people meet in a browser nobody has an address
      const meetings = new Set(meetingHosts(context));
      for (const host of hosts(context.configuration)) {
        const [, label, domain] = /^(jabber|xmpp|chat|im)\.([^.]+\..+)$/.exec(host.name) ?? [];
        const opening = host.openings[0];
        if (!domain || !opening || meetings.has(host) || !isOnHere(context, host)) continue;
        // with the short one beside it, this is meant
        if (context.configuration.sections.has(domain)) continue;
        context.report({
          message: `users of \`${host.name}\` have "${label}." in their addresses`,
          why: `An SRV record of ${domain} can lead clients to the machine ${host.name}, so that addresses are short: user@${domain}.`,
          help: `If it is new and has no users yet, name it \`${domain}\`; Prosody does not move accounts to another name.`,
          at: opening.nameOrigin,
        });
      }
    },
  },
};
