import { connect, type Socket } from 'node:net';
import { bounded, type Limit } from '../bounded.js';
import { DirectoryFailure, type FailureCode } from '../failure.js';

/** Where slapd has its Unix socket when `ldapi://` names none (LDAPI_SOCK of Debian's OpenLDAP). */
const LDAPI = '/var/run/slapd/ldapi';

const NO_WAY = ['connect.unreachable', 'no way leads to'] as const;
/** By the code of the system: ours, and the words before the name of the server. */
const CODES: Readonly<Record<string, readonly [FailureCode, string]>> = {
  ECONNREFUSED: ['connect.refused', 'nobody takes connections at'],
  ECONNRESET: ['connect.reset', 'the connection was reset at'],
  EHOSTUNREACH: NO_WAY,
  ENETUNREACH: NO_WAY,
  EADDRNOTAVAIL: NO_WAY,
  ETIMEDOUT: ['connect.timeout', 'no connection to'],
};

/** A connected socket and the address it is connected to. */
export interface Opened {
  readonly socket: Socket;
  readonly address: string;
}

/**
 * Connects to the first of these addresses that takes it, as libldap does (ldap_connect_to_host). An address gets its share of
 * the time that is left, so that one behind a firewall that drops packets does not hide the next.
 */
export async function openTcp(addresses: readonly string[], port: number, limit: Limit): Promise<Opened> {
  const until = performance.now() + limit.milliseconds;
  let failure: DirectoryFailure | undefined;
  for (const [index, address] of addresses.entries()) {
    const milliseconds = (until - performance.now()) / (addresses.length - index);
    try {
      const socket = await open({ host: address, port }, `${address} port ${port}`, { ...limit, milliseconds });
      return { socket, address };
    } catch (thrown) {
      if (!(thrown instanceof DirectoryFailure) || thrown.code === 'aborted') throw thrown;
      failure = thrown;
    }
  }
  throw failure ?? new DirectoryFailure('connect.failed', 'there is no address');
}

/** Connects to a Unix socket, `ldapi://`. */
export async function openUnix(path: string, limit: Limit): Promise<Opened> {
  const address = path === '' || path === '/' ? LDAPI : path;
  return { socket: await open({ path: address }, address, limit), address };
}

function open(to: { host: string; port: number } | { path: string }, name: string, limit: Limit): Promise<Socket> {
  return bounded<Socket>(limit, { code: 'connect.timeout', what: `no connection to ${name}` }, (resolve, reject) => {
    const socket = connect(to);
    const onError = (error: NodeJS.ErrnoException) => {
      const [code, words] = CODES[error.code ?? ''] ?? (['connect.failed', 'no connection to'] as const);
      reject(new DirectoryFailure(code, `${words} ${name} (${error.code ?? error.message})`));
    };
    const onConnect = () => resolve(socket);
    socket.setNoDelay(true);
    socket.once('error', onError).once('connect', onConnect);
    return failed => {
      socket.off('error', onError).off('connect', onConnect);
      if (!failed) return;
      socket.on('error', () => {});
      socket.destroy();
    };
  });
}
