import type { LdapHost } from '@prosodist/core';
import type { Limit } from '../bounded.js';
import { type Connection, openConnection } from '../connection.js';
import { DirectoryFailure } from '../failure.js';
import { resultName } from '../results/codes.js';
import type { DirectoryOptions } from '../types.js';
import { openChannel } from '../wire/channel.js';
import { startTlsRequest } from '../wire/request.js';
import type { Result } from '../wire/response.js';
import { resolveName } from './name.js';
import { type Opened, openTcp, openUnix } from './tcp.js';
import { type Secured, secure } from './tls.js';

/** Most milliseconds of one step when nobody says otherwise. */
export const STEP_TIMEOUT = 5000;

/** The parts of connecting; each may take the step timeout. */
export type Phase = 'name' | 'connect' | 'tls';

export interface ConnectOptions extends Pick<DirectoryOptions, 'libldap' | 'machineName' | 'stepTimeout' | 'signal' | 'lookup'> {
  readonly startTls: boolean;
  /** Told when a part begins. */
  readonly onPhase?: (phase: Phase) => void;
}

/** How a server is named in messages: `ldaps://dc1.example.com:636`. */
export function serverName(host: LdapHost): string {
  if (host.scheme === 'ldapi') return `ldapi://${host.host}`;
  return `${isTls(host) ? 'ldaps' : 'ldap'}://${host.host.includes(':') ? `[${host.host}]` : host.host}:${host.port}`;
}

/** Whether the scheme means TLS from the first byte (ldap_pvt_url_scheme2tls). */
export function isTls(host: LdapHost): boolean {
  return host.scheme === 'ldaps' || host.scheme === 'pldaps';
}

/** Whether a password would go over this connection in clear. A Unix socket leaves the machine nowhere. */
export function clearText(host: LdapHost, startTls: boolean): boolean {
  return !isTls(host) && !startTls && host.scheme !== 'ldapi';
}

/** The limit of one step. */
export function stepLimit(options: Pick<DirectoryOptions, 'stepTimeout' | 'signal'>): Limit {
  return { milliseconds: options.stepTimeout ?? STEP_TIMEOUT, signal: options.signal };
}

/**
 * Connects to one server: its name, TCP, and TLS or StartTLS, judged as libldap would. Nothing is sent that needs no answer before
 * the next; no password goes out here. Rejects with DirectoryFailure, whose code begins with the part that failed; then nothing is
 * left open.
 */
export async function connect(host: LdapHost, options: ConnectOptions): Promise<Connection> {
  const limit = stepLimit(options);
  const clock = stopwatch();
  let opened: Opened;
  let name = 0;
  if (host.scheme === 'ldapi') {
    options.onPhase?.('connect');
    opened = await openUnix(host.host, limit);
  } else {
    options.onPhase?.('name');
    const addresses = await resolveName(host.host, limit, options.lookup);
    name = clock();
    options.onPhase?.('connect');
    opened = await openTcp(addresses, host.port, limit);
  }
  const connected = clock();
  let secured: Secured | undefined;
  if (isTls(host) || options.startTls) {
    options.onPhase?.('tls');
    if (isTls(host) && options.startTls) {
      opened.socket.destroy();
      throw new DirectoryFailure('tls.twice', 'ldaps:// is TLS already, and StartTLS is asked for within it');
    }
    const raw = options.startTls ? await askStartTls(opened, limit) : opened.socket;
    secured = await secure(raw, host.host, options.libldap, options.machineName, limit);
  }
  const tls = secured ? clock() : null;
  return openConnection(
    openChannel(secured?.socket ?? opened.socket),
    {
      server: serverName(host),
      address: opened.address,
      encrypted: secured !== undefined,
      certificate: secured?.certificate ?? null,
      times: { name, connect: connected, tls },
    },
    limit,
  );
}

/** Asks for StartTLS over a plain connection and gives the socket back for the handshake. */
async function askStartTls(opened: Opened, limit: Limit) {
  const channel = openChannel(opened.socket);
  let result: Result | undefined;
  await channel.exchange(
    1,
    startTlsRequest(1),
    response => {
      if (response.type === 'extended') result = response.result;
      return result !== undefined;
    },
    limit,
  );
  const socket = channel.release();
  if (result?.code === 0) return socket;
  socket.destroy();
  const { code = 0, message = '' } = result ?? {};
  throw new DirectoryFailure(
    'tls.refused',
    `the server refused StartTLS: ${resultName(code)} (${code})${message === '' ? '' : `, ${message}`}`,
    { reply: resultName(code) },
  );
}

/** Milliseconds since the last call. */
function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const passed = now - last;
    last = now;
    return passed;
  };
}
