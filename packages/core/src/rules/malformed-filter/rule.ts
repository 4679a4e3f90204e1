import type { StringValue } from '../../evaluate/index.js';
import { checkLdap2Filter } from '../../ldap/index.js';
import { editsOnly } from '../../patch/change.js';
import type { Fix } from '../finding.js';
import type { Rule, RuleContext } from '../rule.js';
import { knownEntries, ldapTables } from '../support/ldap-table.js';
import { literalOf, placeInString } from '../support/source.js';

export const malformedFilter: Rule = {
  name: 'malformed-filter',
  severity: 'error',
  summary: 'The filter for users is none that the LDAP library takes.',
  fixable: 'sometimes',
  source: 'RFC 4515; libldap, libraries/libldap/filter.c; ldap.lib.lua: filter.combine_and',
  since: '0.1.0',
  check: {
    configuration(context) {
      for (const { table } of ldapTables(context)) {
        for (const { path, key, entry } of knownEntries(table)) {
          const { value } = entry;
          if (key.kind !== 'filter' || path !== 'user.filter' || value.kind !== 'string') continue;
          const verdict = checkLdap2Filter(value.value);
          if (verdict.ok) continue;
          const { problem } = verdict;
          context.report({
            message: `\`ldap.${path}\` is not a filter: ${problem.message}`,
            why: 'Every login ends in "LuaLDAP: Bad search filter" inside Prosody, and the client gets no answer ("Connecting…" for ever).',
            help: `${problem.help.replace(/\.$/, '')}.`,
            at:
              placeInString(context.configuration, value, problem.start, Math.max(problem.end, problem.start + 1)) ??
              value.origin!,
            fix: fixOf(context, value),
          });
        }
      }
    },
  },
};

/** One parenthesis missing at the end, or one too many there: closing the outermost is the only sense it can make. */
function fixOf({ configuration }: RuleContext, value: StringValue): Fix | null {
  const literal = literalOf(configuration, value);
  const { origin } = value;
  if (!literal || !origin) return null;
  const end = origin.start + literal.sourceOffset(value.value.length);
  const file = origin.file;
  if (/^\([&|!(]/.test(value.value) && checkLdap2Filter(`${value.value})`).ok) {
    return { title: 'Close the filter with `)`', safety: 'safe', ...editsOnly([{ file, start: end, end, text: ')' }]) };
  }
  if (value.value.endsWith(')') && checkLdap2Filter(value.value.slice(0, -1)).ok) {
    return { title: 'Remove the last `)`', safety: 'safe', ...editsOnly([{ file, start: end - 1, end, text: '' }]) };
  }
  return null;
}
