import type { StringValue, Value } from '../../evaluate/index.js';
import { classifyBindName, type LdapProblem, parseDn } from '../../ldap/index.js';
import type { Fix } from '../finding.js';
import type { Rule, RuleContext } from '../rule.js';
import { knownEntries, ldapTables } from '../support/ldap-table.js';
import { placeInString, replacement } from '../support/source.js';

export const malformedDn: Rule = {
  name: 'malformed-dn',
  severity: 'error',
  summary: 'A base DN or bind DN is not a distinguished name.',
  fixable: 'sometimes',
  source: 'RFC 4514, section 3; libldap, libraries/libldap/getdn.c',
  since: '0.1.0',
  check: {
    configuration(context) {
      for (const { table } of ldapTables(context)) {
        for (const { path, key, entry } of knownEntries(table)) {
          if (entry.value.kind !== 'string' || !key.readBy.includes('auth_ldap2')) continue;
          if (key.kind === 'dn')
            checkDn(
              context,
              `ldap.${path}`,
              entry.value,
              'The directory refuses the search, so nobody is found and every login is refused.',
            );
          if (key.kind === 'bind-name') checkBindName(context, `ldap.${path}`, entry.value);
        }
      }
    },
  },
};

function checkDn(context: RuleContext, name: string, value: StringValue, why: string): void {
  const dn = parseDn(value.value);
  if (!dn.ok) {
    report(context, name, value, dn.problem, why, null);
    return;
  }
  // libldap takes these, but they are hardly meant
  const note = dn.notes.find(({ code }) => code === 'semicolon' || code === 'curly-quote');
  if (!note) return;
  const at = placeInString(context.configuration, value, note.start, note.end);
  const fix = note.code === 'semicolon' && at ? replacement('Write a comma', 'safe', at, ',') : null;
  report(
    context,
    name,
    value,
    note,
    note.code === 'semicolon'
      ? 'Old LDAP libraries take it for a comma; Active Directory and others may not.'
      : 'The quotes become part of the name, and no entry has that name.',
    fix,
  );
}

function checkBindName(context: RuleContext, name: string, value: StringValue): void {
  const bind = classifyBindName(value.value);
  const why =
    'The directory refuses the account of the service, so every login ends in an error inside Prosody and the client gets no answer ("Connecting…" for ever).';
  if (bind.kind === 'malformed-dn') report(context, name, value, bind.problem, why, null);
  if (bind.kind === 'dn') checkDn(context, name, value, why);
}

function report(context: RuleContext, name: string, value: Value, problem: LdapProblem, why: string, fix: Fix | null): void {
  context.report({
    severity: fix ? 'warning' : 'error',
    message: `\`${name}\` is not a proper DN: ${lowerFirst(problem.message)}`,
    why,
    help: `${problem.help.replace(/\.$/, '')}.`,
    at: placeInString(context.configuration, value, problem.start, Math.max(problem.end, problem.start + 1)) ?? value.origin!,
    fix,
  });
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z ]/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text;
}
