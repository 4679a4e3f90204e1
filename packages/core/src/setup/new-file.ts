// The text of a new file with the directory's settings.
import { literal } from '../patch/index.js';
import type { LdapSetupWay } from './types.js';
import type { Wanted } from './wanted.js';

/**
 * The file as a person would write it, each setting with a word about it.
 * @param eol line end of the tree
 */
export function newSettingsFile(host: string, way: LdapSetupWay, wanted: readonly Wanted[], eol: string): string {
  const head =
    way === 'ldap'
      ? `-- People of the directory log in to ${host} (mod_auth_ldap, part of Prosody; needs the package lua-ldap).`
      : `-- People of the directory log in to ${host} (mod_auth_ldap2 of prosody-modules; needs lua-ldap too).`;
  const body =
    way === 'ldap'
      ? wanted.map(({ path, value, remark }) => `${String(path[0])} = ${literal(value)}${said(remark)}`)
      : tableLines(wanted);
  return [head, '-- For root and Prosody only: root:prosody, mode 640.', ...body, ''].join(eol);
}

function tableLines(wanted: readonly Wanted[]): string[] {
  const line = ({ path, value, remark }: Wanted, indent: string) =>
    `${indent}${String(path.at(-1))} = ${literal(value)};${said(remark)}`;
  return [
    'ldap = {',
    ...wanted.filter(({ path }) => path.length === 2).map(one => line(one, '    ')),
    '    user = {',
    ...wanted.filter(({ path }) => path.length === 3).map(one => line(one, '        ')),
    '    };',
    '}',
  ];
}

function said(remark: string): string {
  return remark === '' ? '' : ` -- ${remark}`;
}

/** The same settings as one value of the option `ldap`, for a file that is there already. */
export function asTable(wanted: readonly Wanted[]) {
  const of = (length: number) =>
    Object.fromEntries(
      wanted.filter(({ path }) => path.length === length).map(({ path, value }) => [String(path.at(-1)), value]),
    );
  return { ...of(2), user: of(3) };
}
