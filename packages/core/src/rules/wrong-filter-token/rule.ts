import { parseFilter } from '../../ldap/index.js';
import { editsOnly } from '../../patch/change.js';
import type { Fix } from '../finding.js';
import type { Rule } from '../rule.js';
import { type AccessSetting, accesses, roleText, type Way } from '../support/directory.js';
import { type WrongToken, wrongTokens } from '../support/filter-tokens.js';
import { literalOf } from '../support/source.js';

export const wrongFilterToken: Rule = {
  name: 'wrong-filter-token',
  severity: 'error',
  summary: 'A filter has a token for the name of the user that this module does not know.',
  fixable: 'sometimes',
  source:
    'ldap.lib.lua: _M.bind fills in nothing; plugins/mod_auth_ldap.lua:16 and 71 ($user, $host, the first %s); recorded on Prosody 0.12.3 and 13.0.1; saslauthd, LDAP_SASLAUTHD',
  since: '0.1.0',
  reach: 'section',
  check: {
    configuration(context) {
      for (const access of accesses(context)) {
        const { filter } = access.settings;
        const text = roleText(access, 'filter');
        // what is no filter at all is said by malformed-filter
        if (!filter || text === undefined || !parseFilter(text).ok) continue;
        for (const token of wrongTokens(access.way, text)) {
          const literal = literalOf(context.configuration, filter.value);
          context.report({
            message: `\`${token.text}\` in \`${filter.name}\` stands for nothing${OF[access.way]}`,
            why:
              access.way === 'saslauthd'
                ? 'saslauthd looks for it as it is written, or drops it: nobody is found, and every login is refused.'
                : 'The directory looks for it as it is written: nobody is found, and every login is refused as with a wrong password.',
            help: token.instead
              ? `Write \`${token.instead}\`.`
              : 'Remove that part of the filter: ldap2 asks for `usernamefield` with the name itself.',
            at: filter.place(token.start, token.end),
            fix: literal && access.way !== 'saslauthd' ? fixOf(filter, token, text) : null,
          });
        }
      }
    },
  },
};

const OF: Readonly<Record<Way, string>> = {
  ldap2: ': ldap2 has no tokens',
  ldap: ': mod_auth_ldap knows `$user` and `$host`, and takes the first `%s` for `$user`',
  saslauthd: ': saslauthd knows `%u`, `%U`, `%d`, `%r` and some more',
};

function fixOf(filter: AccessSetting, token: WrongToken, text: string): Fix | null {
  const { file, start, end } = filter.place(token.start, token.end);
  if (token.instead)
    return { title: `Write ${token.instead}`, safety: 'safe', ...editsOnly([{ file, start, end, text: token.instead }]) };
  // ldap2 does what this part wants
  const from = text.lastIndexOf('(', token.start);
  const to = text.indexOf(')', token.end) + 1;
  if (from < 0 || to === 0) return null;
  const rest = text.slice(0, from) + text.slice(to);
  if (rest !== '' && (!parseFilter(rest).ok || /\([&|!]\s*\)/.test(rest))) return null;
  const place = filter.place(from, to);
  const instead = rest === '' ? '(objectClass=*)' : '';
  return {
    title: 'Remove what ldap2 does itself',
    safety: 'unsafe',
    ...editsOnly([{ file, start: place.start, end: place.end, text: instead }]),
  };
}
