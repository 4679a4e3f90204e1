import { parseFilter } from '../../ldap/index.js';
import type { Rule } from '../rule.js';
import { accesses, roleText } from '../support/directory.js';
import { hasToken } from '../support/filter-tokens.js';

export const filterWithoutUser: Rule = {
  name: 'filter-without-user',
  severity: 'error',
  summary: 'The filter does not ask for the name of the user: anybody logs in with the password of the first entry.',
  fixable: 'never',
  source: 'plugins/mod_auth_ldap.lua: get_user fills in $user and takes the first entry; recorded on Prosody 0.12.3 and 13.0.1',
  since: '0.1.0',
  reach: 'section',
  check: {
    configuration(context) {
      for (const access of accesses(context)) {
        const { filter } = access.settings;
        const text = roleText(access, 'filter');
        // ldap2 asks for the name itself
        if (access.way === 'ldap2' || !filter || text === undefined || !parseFilter(text).ok || hasToken(text)) continue;
        const token = access.way === 'ldap' ? '$user' : '%u';
        context.report({
          message: `\`${filter.name}\` does not have \`${token}\`, so it finds the same entry whoever logs in`,
          why: 'The password is compared with that of the first entry that the filter finds. Whoever knows it logs in under any name.',
          help: `Ask for the name: "(&(${access.way === 'ldap' ? 'uid' : 'sAMAccountName'}=${token})${text.startsWith('(') ? text : `(${text})`})".`,
          at: filter.at,
        });
      }
    },
  },
};
