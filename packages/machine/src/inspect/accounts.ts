import type { AccountFact } from '@prosodist/core';
import type { Root } from './root.js';

/** A user with the numbers that the kernel goes by. */
export interface Account extends AccountFact {
  readonly uid: number | null;
  readonly gids: readonly number[];
  /** The home folder: libldap reads `.ldaprc` there. */
  readonly home: string | null;
}

/** The names of users and groups, and their numbers: passwd(5) and group(5). */
export interface Accounts {
  /** False where the machine's /etc/passwd cannot be read. */
  readonly known: boolean;
  readonly user: (uid: number) => string;
  readonly group: (gid: number) => string;
  readonly account: (name: string) => Account;
}

/** Reads /etc/passwd and /etc/group. Users of a directory or of systemd are not in them: those count as not there. */
export function accountsOf(root: Root): Accounts {
  const passwd = linesOf(root.read('/etc/passwd'));
  const groups = linesOf(root.read('/etc/group'));
  const nameOf = (lines: readonly (readonly string[])[], id: number) =>
    lines.find(line => Number(line[2]) === id)?.[0] ?? String(id);
  return {
    known: passwd.length > 0,
    user: uid => nameOf(passwd, uid),
    group: gid => nameOf(groups, gid),
    account: name => {
      const line = passwd.find(fields => fields[0] === name);
      const own = groups.filter(
        fields => (line && fields[2] === line[3]) || (fields[3] ?? '').split(',').some(member => member.trim() === name),
      );
      return {
        user: name,
        exists: line !== undefined,
        uid: line ? Number(line[2]) : null,
        gids: own.map(fields => Number(fields[2])),
        groups: own.map(fields => fields[0]!),
        home: line?.[5] ?? null,
      };
    },
  };
}

function linesOf(text: string | undefined): readonly (readonly string[])[] {
  return (text ?? '')
    .split('\n')
    .map(line => line.split(':'))
    .filter(fields => fields.length >= 3);
}
