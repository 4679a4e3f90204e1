import { checkAttribute, checkLdap2Filter, type LdapProblem, parseFilter } from '../../ldap/index.js';
import { editsOnly } from '../../patch/change.js';
import type { Fix } from '../finding.js';
import type { Rule, RuleContext } from '../rule.js';
import { type AccessSetting, accesses, failure, type Way } from '../support/directory.js';
import { literalOf } from '../support/source.js';

export const malformedFilter: Rule = {
  name: 'malformed-filter',
  severity: 'error',
  summary: 'The filter for users is none that the LDAP library takes.',
  fixable: 'sometimes',
  source: 'RFC 4515; libldap, libraries/libldap/filter.c; ldap.lib.lua: filter.combine_and; mod_auth_ldap.lua: get_user',
  since: '0.1.0',
  reach: 'section',
  check: {
    configuration(context) {
      for (const { way, settings } of accesses(context)) {
        const { filter, attribute } = settings;
        if (attribute) checkName(context, attribute);
        if (filter?.value.kind !== 'string') continue;
        const problem = problemOf(way, filter.value.value);
        if (!problem) continue;
        context.report({
          message: `\`${filter.name}\` is not a filter: ${problem.message}`,
          why: failure(way, way === 'ldap2' ? 'LuaLDAP: Bad search filter' : 'Bad search filter'),
          help: `${problem.help.replace(/\.$/, '')}.`,
          at: filter.place(problem.start, problem.end),
          fix: way === 'saslauthd' ? null : fixOf(context, filter, way),
        });
      }
    },
  },
};

/** ldap2 makes the filter of a login with it: `(<usernamefield>=alice)`. */
function checkName(context: RuleContext, attribute: AccessSetting): void {
  if (attribute.value.kind !== 'string') return;
  const problem = checkAttribute(attribute.value.value);
  if (!problem) return;
  context.report({
    message: `\`${attribute.name}\` is not the name of an attribute: ${problem.message}`,
    why: failure('ldap2', 'LuaLDAP: Bad search filter'),
    help: `${problem.help.replace(/\.$/, '')}.`,
    at: attribute.place(problem.start, problem.end),
  });
}

/** ldap2 puts the filter into one of its own; the others fill in the user's name, and a token is as good as a name here. */
function problemOf(way: Way, text: string): LdapProblem | undefined {
  const verdict = way === 'ldap2' ? checkLdap2Filter(text) : parseFilter(text);
  return verdict.ok ? undefined : verdict.problem;
}

/** One parenthesis missing at the end, or one too many there: closing the outermost is the only sense it can make. */
function fixOf({ configuration }: RuleContext, { value }: AccessSetting, way: Way): Fix | null {
  if (value.kind !== 'string' || !value.origin) return null;
  const literal = literalOf(configuration, value);
  if (!literal) return null;
  const { file, start } = value.origin;
  const end = start + literal.sourceOffset(value.value.length);
  if (/^\((?:[&|!(]|[^()]*$)/.test(value.value) && !problemOf(way, `${value.value})`)) {
    return { title: 'Close the filter with `)`', safety: 'safe', ...editsOnly([{ file, start: end, end, text: ')' }]) };
  }
  if (value.value.endsWith(')') && !problemOf(way, value.value.slice(0, -1))) {
    return { title: 'Remove the last `)`', safety: 'safe', ...editsOnly([{ file, start: end - 1, end, text: '' }]) };
  }
  return null;
}
