import { GLOBAL } from '../../evaluate/index.js';
import type { Rule } from '../rule.js';

export const wildcardHost: Rule = {
  name: 'wildcard-host',
  severity: 'warning',
  summary: 'A host or component is named `*`, which is the global section and no wildcard.',
  fixable: 'never',
  source: 'core/configmanager.lua: the global section is kept under the name "*"',
  since: '0.1.0',
  reach: 'section',
  check: {
    opening({ report }, opening) {
      if (opening.scope !== GLOBAL) return;
      const isHost = opening.kind === 'host';
      report({
        severity: isHost ? 'warning' : 'error',
        message: isHost
          ? '`VirtualHost "*"` opens the global section, not a host for all names'
          : '`Component "*"` makes a component of every host',
        why: isHost
          ? 'Prosody has no host for names that are not configured. The options below become global, and `prosodyctl check` no longer tells when global options are missing.'
          : 'The module is set for the global section, and each host that has none of its own takes it from there: there are no hosts left that users can log in to.',
        help: isHost
          ? 'Move the options to the top of the file, and name every host.'
          : 'Give the component a sub-domain of its own, such as conference.example.com.',
        at: opening.nameOrigin,
      });
    },
  },
};
