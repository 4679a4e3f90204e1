import { type FilterItem, parseDn } from '../../ldap/index.js';
import { editsOnly } from '../../patch/change.js';
import type { Fix } from '../finding.js';
import type { Rule } from '../rule.js';
import { accesses, isActiveDirectory, roleText } from '../support/directory.js';
import { filterItems } from '../support/filter-items.js';
import { hasToken } from '../support/filter-tokens.js';
import { literalOf } from '../support/source.js';

export const unmatchedGroupFilter: Rule = {
  name: 'unmatched-group-filter',
  severity: 'warning',
  summary: 'A filter asks for a group in a way that matches nobody.',
  fixable: 'sometimes',
  source:
    'RFC 4517, section 4.2.15 (distinguishedNameMatch); Active Directory schema: memberOf, primaryGroupID; recorded on Samba 4.17',
  since: '0.1.0',
  reach: 'section',
  check: {
    configuration(context) {
      for (const access of accesses(context)) {
        const { filter } = access.settings;
        const text = roleText(access, 'filter');
        if (!filter || text === undefined) continue;
        for (const { item, negated } of filterItems(text)) {
          const fault = negated ? undefined : faultOf(item, text);
          if (!fault) continue;
          const canFix = fault.instead !== null && access.way !== 'saslauthd' && literalOf(context.configuration, filter.value);
          const place = filter.place(item.start, item.end);
          context.report({
            severity: isActiveDirectory(access) ? 'error' : 'warning',
            message: fault.message,
            why: `${fault.why} Nobody is found, and every login is refused.`,
            help: fault.help,
            at: place,
            fix: canFix ? fixOf(place, fault.instead!) : null,
          });
        }
      }
    },
  },
};

interface Fault {
  readonly message: string;
  readonly why: string;
  readonly help: string;
  readonly instead: string | null;
}

function faultOf(item: FilterItem, text: string): Fault | undefined {
  if (item.type === 'present' || item.attribute?.text.toLowerCase() !== 'memberof') return undefined;
  const written = text.slice(item.start, item.end);
  if (hasToken(written)) return undefined;
  if (item.type === 'substrings') {
    return {
      message: '`memberOf` cannot be searched with `*`: it holds distinguished names',
      why: 'The directory compares it with whole names only.',
      help: 'Write the whole DN of the group: "(memberOf=CN=Jitsi,OU=Groups,DC=example,DC=com)".',
      instead: null,
    };
  }
  const dn = parseDn(item.value.value);
  if (!dn.ok || dn.rdns.length < 2) {
    return {
      message: `\`${written}\` names a group by less than its distinguished name`,
      why: 'The directory keeps the whole DN of each group in memberOf and compares that.',
      help: 'Write the whole DN of the group: "(memberOf=CN=Jitsi,OU=Groups,DC=example,DC=com)".',
      instead: null,
    };
  }
  const name = dn.rdns[0]?.pairs[0];
  if (name?.attribute.toLowerCase() !== 'cn' || !/^(?:domain users|dom\u00e4nen-benutzer)$/i.test(name.value)) return undefined;
  return {
    message: `\`memberOf\` never has "${name.value}": it is the primary group`,
    why: 'Active Directory keeps the primary group of a user in primaryGroupID, and not in memberOf.',
    help: 'Write "(primaryGroupID=513)".',
    instead: '(primaryGroupID=513)',
  };
}

function fixOf(place: { file: string; start: number; end: number }, instead: string): Fix {
  return { title: `Write ${instead}`, safety: 'safe', ...editsOnly([{ ...place, text: instead }]) };
}
