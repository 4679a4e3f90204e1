// What the servers of the directory tests have in common.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What is special about an account of Active Directory. */
export type Special = 'disabled' | 'expired' | 'must-change' | 'password-expired' | 'locked' | 'logon-hours' | 'workstation';

export interface Account {
  readonly name: string;
  readonly password: string;
  readonly dn: string;
  readonly is: Special | null;
}

/** A directory that runs. */
export interface DirectoryServer {
  /** The loopback address that is its own. */
  readonly address: string;
  /** The name in its certificate; nothing resolves it but what is told `names`. */
  readonly name: string;
  /** Every name that leads to it → its address: for the hosts file of Prosody's root, `lookupIn` and names.mjs. */
  readonly names: Readonly<Record<string, string>>;
  readonly ports: { readonly ldap: number; readonly ldaps: number; readonly catalog?: number; readonly catalogs?: number };
  /** The file of the authority that its certificate is from (of a self-signed one: of nobody that counts). */
  readonly ca: string;
  /** The root of its tree, and where the people are. */
  readonly suffix: string;
  readonly people: string;
  /** The account that Prosody searches with. */
  readonly service: Account;
  /** Every account by its name. */
  readonly accounts: Readonly<Record<string, Account>>;
  /** Ends it. What is not ended ends with the process. */
  stop(): Promise<void>;
}

interface AccountsFile {
  readonly administrator: string;
  readonly units: readonly string[];
  readonly users: Readonly<
    Record<
      string,
      {
        readonly cn: string;
        readonly sn: string;
        readonly unit: string;
        readonly mail: string;
        readonly password: string;
        readonly is?: Special;
      }
    >
  >;
  readonly groups: Readonly<Record<string, readonly string[]>>;
}

/** The accounts that both kinds of directory have. */
export const people = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../labs/accounts.json', import.meta.url)), 'utf8'),
) as AccountsFile;

/** A value inside a DN, as RFC 4514 has it. */
export function dnValue(value: string): string {
  return value.replace(/[,+"\\<>;=]|^[ #]| $/g, found => `\\${found}`);
}
