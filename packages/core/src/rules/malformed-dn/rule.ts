import { classifyBindName, type LdapProblem, parseDn } from '../../ldap/index.js';
import type { Fix, Severity } from '../finding.js';
import type { Rule, RuleContext } from '../rule.js';
import { type Access, type AccessSetting, accesses, failure } from '../support/directory.js';
import { textOf } from '../support/ldap-table.js';
import { placeholderIn } from '../support/placeholder.js';
import { replacement } from '../support/source.js';

export const malformedDn: Rule = {
  name: 'malformed-dn',
  severity: 'error',
  summary: 'A base DN or bind DN is not a distinguished name.',
  fixable: 'sometimes',
  source: 'RFC 4514, section 3; libldap, libraries/libldap/getdn.c',
  since: '0.1.0',
  reach: 'section',
  check: {
    configuration(context) {
      for (const access of accesses(context)) {
        const { base, bindName } = access.settings;
        if (base)
          checkDn(context, access, base, 'The directory refuses the search, so nobody is found and every login is refused.');
        if (bindName) checkBindName(context, access, bindName);
      }
    },
  },
};

function checkDn(context: RuleContext, access: Access, setting: AccessSetting, why: string): void {
  const text = textOf(setting.value);
  // said by leftover-placeholder
  if (text === undefined || placeholderIn(text)) return;
  const dn = parseDn(text);
  if (!dn.ok) {
    report(context, setting, dn.problem, why, null);
    return;
  }
  // libldap takes these, but they are hardly meant
  const note = dn.notes.find(({ code }) => code === 'semicolon' || code === 'curly-quote');
  if (!note) return;
  const canFix = note.code === 'semicolon' && access.way !== 'saslauthd';
  const fix = canFix ? replacement('Write a comma', 'safe', setting.place(note.start, note.end), ',') : null;
  report(
    context,
    setting,
    note,
    note.code === 'semicolon'
      ? 'Old LDAP libraries take it for a comma; Active Directory and others may not.'
      : 'The quotes become part of the name, and no entry has that name.',
    fix,
  );
}

function checkBindName(context: RuleContext, access: Access, setting: AccessSetting): void {
  const text = textOf(setting.value) ?? '';
  // a letter that Lua took with a backslash: said by swallowed-backslash
  if (/[\x00-\x1f]/.test(text) || placeholderIn(text)) return;
  const bind = classifyBindName(text);
  const why = `The directory refuses the account of the service. ${failure(access.way, 'Invalid credentials')}`;
  if (bind.kind === 'malformed-dn') report(context, setting, bind.problem, why, null);
  // Windows takes a bare name where it is the account's display name, so it is not wrong for certain
  if (bind.kind === 'bare') report(context, setting, bind.problem, why, null, 'warning');
  if (bind.kind === 'dn') checkDn(context, access, setting, why);
}

function report(
  context: RuleContext,
  setting: AccessSetting,
  problem: LdapProblem,
  why: string,
  fix: Fix | null,
  severity: Severity = fix ? 'warning' : 'error',
): void {
  context.report({
    severity,
    message: `\`${setting.name}\` is not a proper DN: ${lowerFirst(problem.message)}`,
    why,
    help: `${problem.help.replace(/\.$/, '')}.`,
    at: setting.place(problem.start, problem.end),
    fix,
  });
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z ]/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text;
}
