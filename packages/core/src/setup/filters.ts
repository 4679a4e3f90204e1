// The filters that setup writes.
import { escapeFilterValue } from '../ldap/index.js';
import type { LdapChoices } from './types.js';

/** People whose account is not disabled: without it computers and service accounts of Active Directory could log in too. */
export const PEOPLE_OF_AD = '(&(objectCategory=person)(objectClass=user)(!(userAccountControl:1.2.840.113556.1.4.803:=2)))';

/** The attribute of Active Directory with the name that people type: unique, and at most 20 characters. */
export const USUAL_ATTRIBUTE = 'sAMAccountName';

export function isOfActiveDirectory(attribute: string): boolean {
  return attribute.toLowerCase() === USUAL_ATTRIBUTE.toLowerCase();
}

/**
 * What an entry has to be besides having the name, as one filter; empty where everybody may log in.
 * `LDAP_MATCHING_RULE_IN_CHAIN` (…1941) also finds members of groups in the group, which plain memberOf does not.
 */
export function restriction(attribute: string, { filter, group, nestedGroups }: LdapChoices): string {
  const isAd = isOfActiveDirectory(attribute);
  const own = wrapped(filter ?? (isAd ? PEOPLE_OF_AD : ''));
  const rule = (nestedGroups ?? isAd) ? 'memberOf:1.2.840.113556.1.4.1941:' : 'memberOf';
  const member = group === undefined ? '' : `(${rule}=${escapeFilterValue(group)})`;
  if (own === '' || member === '') return own + member;
  // one `(&…)` is enough
  const inside = /^\(&(\(.*\))\)$/s.exec(own)?.[1];
  return inside !== undefined && filter === undefined ? `(&${inside}${member})` : `(&${own}${member})`;
}

/** The whole filter of mod_auth_ldap: `$user` is the name, which the module escapes. */
export function loginFilter(attribute: string, rest: string): string {
  if (rest === '') return `(${attribute}=$user)`;
  return `(&(${attribute}=$user)${wrapped(rest)})`;
}

function wrapped(filter: string): string {
  return filter === '' || filter.startsWith('(') ? filter : `(${filter})`;
}
