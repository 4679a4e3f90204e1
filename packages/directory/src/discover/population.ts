import { parseDn } from '@prosodist/core';
import { type Connection, DirectoryFailure, type Entry, type Result, textOf, textsOf } from '../internal.js';
import type { ServerKind } from '../types.js';
import { filterOf } from './root-dse.js';
import type { Group, LoginAttribute, Population, Unit } from './types.js';

/** Entries that are counted; of a larger directory these are enough to see where people live. */
const MOST_USERS = 5000;
const MOST_GROUPS = 1000;
const SHOWN_GROUPS = 20;
const PAGE = 500;

/** Users that are people, without computers. */
export const PEOPLE: Readonly<Record<'ad' | 'other', string>> = {
  ad: '(&(objectCategory=person)(objectClass=user))',
  other: '(|(objectClass=inetOrgPerson)(objectClass=posixAccount)(objectClass=person))',
};
const GROUPS: Readonly<Record<'ad' | 'other', string>> = {
  ad: '(objectClass=group)',
  other: '(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames)(objectClass=posixGroup)(objectClass=groupOfMembers))',
};
const NAMES = ['sAMAccountName', 'uid', 'mail', 'userPrincipalName', 'cn'];
/** What nodeprep refuses in a user name, and blanks (RFC 6122 appendix A.5). */
const UNUSABLE = /[@/"&':<>\s]/;

export function isActiveDirectory(kind: ServerKind): boolean {
  return kind === 'active-directory' || kind === 'samba';
}

/**
 * Where users live and what they can log in with, as far as this connection may see.
 * @returns null when the server does not let it search; `refusal` is its answer
 */
export async function countUsers(
  connection: Connection,
  base: string,
  kind: ServerKind,
  bindName: string | null,
): Promise<{ population: Population | null; refusal: Result | null }> {
  const family = isActiveDirectory(kind) ? 'ad' : 'other';
  const attributes = [...NAMES, 'objectClass', 'memberOf', 'userAccountControl', 'isCriticalSystemObject'];
  const found = await listed(connection, base, PEOPLE[family], attributes, MOST_USERS);
  if (found.entries.length === 0 && found.result.code !== 0) return { population: null, refusal: found.result };
  const people = found.entries;
  return {
    population: {
      base,
      users: people.length,
      more: found.more,
      // the account that looks need not be able to log in, so it says nothing of where people are
      units: unitsOf(people.filter(entry => !isNamed(entry, bindName))),
      attributes: NAMES.map(name => attributeOf(people, name)).filter(({ filled }) => filled > 0),
      groups: await groupsOf(connection, base, family),
      memberOf: people.some(entry => textsOf(entry, 'memberOf').length > 0),
      objectClass: (['person', 'posixAccount'] as const).find(name => people.every(entry => hasClass(entry, name))) ?? null,
    },
    refusal: null,
  };
}

/** A search in pages, as far as `most`; servers without pages answer in one. */
async function listed(connection: Connection, base: string, filter: string, attributes: readonly string[], most: number) {
  const entries: Entry[] = [];
  let cookie: Buffer | null = Buffer.alloc(0);
  for (;;) {
    const page = { size: PAGE, cookie };
    const answer = await connection.search({ base, scope: 'subtree', filter: filterOf(filter), attributes, page });
    entries.push(...answer.entries);
    const isLast = answer.cookie === null || answer.cookie.length === 0;
    // a size limit of the server cuts the list short
    const more = entries.length > most || answer.result.code === 4;
    if (isLast || more || answer.result.code !== 0) return { entries: entries.slice(0, most), more, result: answer.result };
    cookie = answer.cookie;
  }
}

/** The DN of the entry above; the DN itself where it cannot be read. */
export function parentOf(dn: string): string {
  const parsed = parseDn(dn);
  // the text is kept as the server writes it
  let at = -1;
  for (let index = 0; parsed.ok && index < dn.length && at < 0; index++) {
    if (dn[index] === '\\') index++;
    else if (dn[index] === ',') at = index;
  }
  return at < 0 ? dn : dn.slice(at + 1).trimStart();
}

/** Whether an entry is who a bind name means: its DN, `name@domain` or `DOMAIN\\name`. */
function isNamed(entry: Entry, bindName: string | null): boolean {
  const name = bindName?.toLowerCase();
  if (name === undefined) return false;
  const account = textOf(entry, 'sAMAccountName')?.toLowerCase();
  return [entry.dn, textOf(entry, 'userPrincipalName')].some(own => own?.toLowerCase() === name) || name.endsWith(`\\${account}`);
}

function unitsOf(people: readonly Entry[]): Unit[] {
  const units = new Map<string, Entry[]>();
  for (const entry of people) {
    const parent = parentOf(entry.dn);
    units.set(parent, [...(units.get(parent) ?? []), entry]);
  }
  return [...units]
    .map(([dn, entries]) => ({
      dn,
      users: entries.length,
      enabled: entries.filter(isEnabled).length,
      builtIn: entries.every(entry => textOf(entry, 'isCriticalSystemObject') === 'TRUE'),
    }))
    .sort((a, b) => b.users - a.users);
}

/** Servers that show only what an entry was made with leave out what its classes are derived from. */
const DERIVED: Readonly<Record<string, RegExp>> = {
  person: /^(?:person|organizationalPerson|inetOrgPerson|user)$/i,
  posixAccount: /^posixAccount$/i,
};

function hasClass(entry: Entry, name: string): boolean {
  return textsOf(entry, 'objectClass').some(value => DERIVED[name]!.test(value));
}

/** ADS_UF_ACCOUNTDISABLE of userAccountControl; other directories have no such switch that all share. */
function isEnabled(entry: Entry): boolean {
  return (Number(textOf(entry, 'userAccountControl') ?? 0) & 2) === 0;
}

function attributeOf(people: readonly Entry[], name: string): LoginAttribute {
  const values = people.map(entry => textOf(entry, name)?.toLowerCase() ?? null).filter(value => value !== null);
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return {
    name,
    filled: values.length,
    shared: values.filter(value => counts.get(value)! > 1).length,
    unusable: values.filter(value => UNUSABLE.test(value)).length,
  };
}

/** The largest groups; none where they cannot be listed, for the users are what counts. */
async function groupsOf(connection: Connection, base: string, family: 'ad' | 'other'): Promise<Group[]> {
  const attributes = ['cn', 'member', 'uniqueMember', 'memberUid', 'isCriticalSystemObject'];
  try {
    const { entries } = await listed(connection, base, GROUPS[family], attributes, MOST_GROUPS);
    return entries
      .filter(entry => textOf(entry, 'isCriticalSystemObject') !== 'TRUE')
      .map(entry => ({
        dn: entry.dn,
        name: textOf(entry, 'cn') ?? entry.dn,
        members: ['member', 'uniqueMember', 'memberUid'].reduce((sum, name) => sum + textsOf(entry, name).length, 0),
      }))
      .sort((a, b) => b.members - a.members)
      .slice(0, SHOWN_GROUPS);
  } catch (thrown) {
    if (thrown instanceof DirectoryFailure) return [];
    throw thrown;
  }
}
