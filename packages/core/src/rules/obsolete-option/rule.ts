import { findOption } from '../../catalog/index.js';
import { editsOnly } from '../../patch/change.js';
import type { Rule } from '../rule.js';
import { removal } from '../support/source.js';

export const obsoleteOption: Rule = {
  name: 'obsolete-option',
  severity: 'warning',
  summary: 'An option is set that Prosody once read, and reads no more.',
  fixable: 'sometimes',
  source: 'util/prosodyctl/check.lua: the list obsolete, which it holds against the global section only',
  since: '0.1.0',
  reach: 'section',
  check: {
    setting(context, setting) {
      if (!findOption(setting.name, context.version)?.obsolete) return;
      const removed = removal(context.configuration, setting);
      const isOff = setting.value.kind === 'boolean' && !setting.value.value;
      context.report({
        severity: isOff ? 'info' : 'warning',
        message: `\`${setting.name}\` has no effect any more`,
        why: `${WHY[setting.name] ?? 'Nothing in Prosody reads it'}.`,
        help: 'Remove it.',
        at: setting.nameOrigin,
        fix: removed ? { title: `Remove \`${setting.name}\``, safety: 'safe', ...editsOnly([removed.edit]) } : null,
      });
    },
  },
};

/** What took its place, where something did. */
const WHY: Readonly<Record<string, string>> = {
  archive_cleanup_interval: 'Prosody clears archives once a day',
  muc_log_cleanup_interval: 'Prosody clears the archives of rooms once a day',
  dns_timeout: 'Prosody asks for names through libunbound, which has its own times',
  s2s_dns_resolvers: 'Prosody asks for names through libunbound; its servers are set in the table `unbound`',
  setgid: 'Prosody takes the group from `prosody_group`, and on Debian is started as its own user',
  setuid: 'Prosody takes the user from `prosody_user`, and on Debian is started as its own user',
  cross_domain_bosh: 'mod_bosh only logs that it is there; access from other sites is set in `http_cors_override`',
  cross_domain_websocket: 'mod_websocket only logs that it is there; access from other sites is set in `http_cors_override`',
};
