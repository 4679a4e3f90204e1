import { type LdapMigration, ldapMigrations } from '@prosodist/core';
import { outdatedProsody } from '@prosodist/machine';
import { type CommandOptions, changeBy } from '../change-command.js';
import type { Io } from '../io.js';
import { CommandError, STATUS } from '../status.js';

export interface MigrateOptions extends CommandOptions {
  readonly host?: string;
}

/**
 * `prosodist migrate ldap2-to-ldap [ENTRY]`: virtual hosts with mod_auth_ldap2 log in with mod_auth_ldap of Prosody itself. Tells
 * what both look for in the directory, and what is otherwise. Statuses: as for all changes (`changeBy`).
 */
export async function migrate(io: Io, [, entry]: readonly string[], options: MigrateOptions): Promise<number> {
  if (options.prosody === undefined) assertHasLdap(outdatedProsody());
  const { host } = options;
  return changeBy(io, options, () => ({
    operations: [{ op: 'migrate.ldap', ...(host !== undefined && { host }) }],
    entry,
    explain: (before, after) => {
      const migrated = ldapMigrations(before, after);
      return { lines: migrated.flatMap(told), json: { migrated } };
    },
  }));
}

/**
 * @param outdated the version of the installed Prosody, where it is older than 0.12
 * @throws CommandError with status 3 for one: mod_auth_ldap of prosody-modules searched one level only, and is another
 */
export function assertHasLdap(outdated: string | undefined): void {
  if (outdated === undefined) return;
  throw new CommandError(
    `refused: Prosody ${outdated} is installed here, and mod_auth_ldap is a part of Prosody only since 0.12; upgrade first, or say with --prosody for which version the tree is`,
    STATUS.refused,
  );
}

function told({ host, search, escaped, differences }: LdapMigration): string[] {
  const other = escaped.map(({ user, before, after, valid }) =>
    valid
      ? `${host}: for the name ${user} ldap2 searched ${before}, mod_auth_ldap searches ${after}`
      : `${host}: for the name ${user} ldap2 gave no answer (${before} is no filter), mod_auth_ldap searches ${after}`,
  );
  return [
    `${host}: for the name ${search.user}, and all without special characters, matches the same entries: ${search.filter}`,
    ...other,
    ...differences.map(difference => `${host}: ${difference}`),
  ];
}
