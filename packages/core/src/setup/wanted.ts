// What the settings shall be, as options of Prosody.
import { folderOf, normalize } from '../evaluate/index.js';
import { type LuaLiteral, literal, type TablePath } from '../patch/index.js';
import type { Resolved } from './check-choices.js';
import type { CurrentLdap } from './current.js';
import { loginFilter, restriction } from './filters.js';
import type { LdapChoices, LdapSetupWay } from './types.js';

/** An option, or an entry of the table `ldap`, with what it shall be and what a reader of the file is told of it. */
export interface Wanted {
  readonly path: TablePath;
  readonly value: LuaLiteral;
  readonly remark: string;
}

/** The settings for mod_auth_ldap or mod_auth_ldap2, without those that stay as they are. */
export function wantedSettings(
  resolved: Resolved,
  choices: LdapChoices,
  way: LdapSetupWay,
  now: CurrentLdap | undefined,
  password: LuaLiteral | undefined,
): readonly Wanted[] {
  const { server, bindName, base, attribute, startTls } = resolved;
  const chosen = (choice: unknown, known: unknown) => choice !== undefined || known === undefined;
  const rest = restriction(attribute, choices);
  const filterChosen =
    now === undefined ||
    now.filter === undefined ||
    [choices.filter, choices.group, choices.nestedGroups].some(one => one !== undefined);
  const tls = startTls !== (now?.startTls ?? false);
  const account = bindName !== '' || (now?.bindName ?? '') !== '';
  const remarks = way === 'ldap' ? LDAP_REMARKS : LDAP2_REMARKS;
  const paths = way === 'ldap' ? LDAP_PATHS : LDAP2_PATHS;
  const one = (name: keyof typeof LDAP_PATHS, wanted: boolean, value: LuaLiteral): Wanted[] =>
    wanted ? [{ path: paths[name], value, remark: remarks[name] }] : [];
  return [
    ...one('server', chosen(choices.servers, now?.server), server),
    ...one('tls', tls || (way === 'ldap2' && now === undefined), startTls),
    ...one('account', account && chosen(choices.bindName, now?.bindName), bindName),
    ...(password === undefined ? [] : one('password', true, password)),
    ...one('base', chosen(choices.base, now?.base), base),
    ...(way === 'ldap'
      ? one(
          'filter',
          filterChosen || chosen(choices.attribute, now?.attribute),
          loginFilter(attribute, filterChosen ? rest : now!.filter!),
        )
      : [
          ...one('attribute', chosen(choices.attribute, now?.attribute), attribute),
          ...one('name', now === undefined, 'cn'),
          ...one('filter', filterChosen, rest === '' ? '(objectClass=*)' : rest),
        ]),
  ];
}

const LDAP_PATHS = {
  server: ['ldap_server'],
  tls: ['ldap_tls'],
  account: ['ldap_rootdn'],
  password: ['ldap_password'],
  base: ['ldap_base'],
  filter: ['ldap_filter'],
  attribute: ['ldap_filter'],
  name: ['ldap_filter'],
} as const satisfies Record<string, TablePath>;

const LDAP2_PATHS: Readonly<Record<keyof typeof LDAP_PATHS, TablePath>> = {
  server: ['ldap', 'hostname'],
  tls: ['ldap', 'use_tls'],
  account: ['ldap', 'bind_dn'],
  password: ['ldap', 'bind_password'],
  base: ['ldap', 'user', 'basedn'],
  attribute: ['ldap', 'user', 'usernamefield'],
  name: ['ldap', 'user', 'namefield'],
  filter: ['ldap', 'user', 'filter'],
};

const LDAP_REMARKS: Readonly<Record<keyof typeof LDAP_PATHS, string>> = {
  server: 'several, with blanks between, are tried in order',
  tls: 'StartTLS; ldaps:// is encrypted without it',
  account: 'searches for people; it needs to read only',
  password: '',
  base: 'only people below it may log in',
  filter: '$user is the name that was typed',
  attribute: '',
  name: '',
};

const LDAP2_REMARKS: Readonly<Record<keyof typeof LDAP_PATHS, string>> = {
  ...LDAP_REMARKS,
  attribute: 'what people type as their name',
  filter: 'and who of them may log in',
};

/** The password as it is written; undefined where it stays as it is. */
export function passwordLiteral({ password }: LdapChoices, secretPath: string): LuaLiteral | undefined {
  if (password === undefined) return undefined;
  if (password.kind === 'text') return password.value;
  return { raw: password.kind === 'file' ? `FileLine(${literal(secretPath)})` : `Credential(${literal(password.name)})` };
}

/** The way from the folder of one file to another, as a path without `.` in it. */
export function relativePath(from: string, to: string): string {
  const [start, end] = [folderOf(normalize(from)).split('/').slice(0, -1), normalize(to).split('/')];
  let same = 0;
  while (same < start.length && same < end.length - 1 && start[same] === end[same]) same++;
  return [...start.slice(same).map(() => '..'), ...end.slice(same)].join('/');
}
