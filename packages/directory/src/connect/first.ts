import type { LdapHost } from '@prosodist/core';
import type { Connection } from '../connection.js';
import { DirectoryFailure } from '../failure.js';
import { type ConnectOptions, connect, serverName } from './connect.js';

/** A server that could not be used, and why. */
export interface FailedServer {
  readonly server: string;
  readonly failure: DirectoryFailure;
}

/** The first server that works, and those before it that do not. `connection` is null when none does. */
export interface FirstServer {
  readonly connection: Connection | null;
  readonly failed: readonly FailedServer[];
}

/**
 * Connects to the first server of a list that takes it, as libldap does (ldap_new_connection): with ldaps:// a server whose TLS
 * fails is passed over; with StartTLS it is not, as TCP was good and libldap starts TLS only then.
 */
export async function connectFirst(hosts: readonly LdapHost[], options: ConnectOptions): Promise<FirstServer> {
  const failed: FailedServer[] = [];
  for (const host of hosts) {
    try {
      return { connection: await connect(host, options), failed };
    } catch (thrown) {
      if (!(thrown instanceof DirectoryFailure) || thrown.code === 'aborted') throw thrown;
      failed.push({ server: serverName(host), failure: thrown });
      if (endsTheList(thrown, options)) break;
    }
  }
  return { connection: null, failed };
}

/** Whether libldap tries no further server after this failure. */
export function endsTheList(failure: DirectoryFailure, options: Pick<ConnectOptions, 'startTls'>): boolean {
  return options.startTls && !/^(?:name|connect)\./.test(failure.code);
}
