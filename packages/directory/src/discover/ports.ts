import type { LdapHost } from '@prosodist/core';
import { type Connection, connect, DirectoryFailure } from '../internal.js';
import type { DirectoryOptions } from '../types.js';
import type { PortFact, PortMode } from './types.js';

/** A port and how to speak to it. */
export interface Door {
  readonly port: number;
  readonly mode: PortMode;
}

/** The doors of a directory: LDAP and StartTLS, LDAPS, and AD's Global Catalog. */
export const DOORS: readonly Door[] = [
  { port: 636, mode: 'tls' },
  { port: 389, mode: 'starttls' },
  { port: 389, mode: 'plain' },
  { port: 3269, mode: 'tls' },
  { port: 3268, mode: 'plain' },
];

/** How a door is written for Prosody: `ldaps://dc1.example.com`, with the port where it is not the usual one. */
export function urlOf(host: string, { port, mode }: Door): string {
  const name = host.includes(':') ? `[${host}]` : host;
  const usual = mode === 'tls' ? 636 : 389;
  return `${mode === 'tls' ? 'ldaps' : 'ldap'}://${name}${port === usual ? '' : `:${port}`}`;
}

/** Opens a door, as libldap on this machine would. The caller closes it. Rejects with DirectoryFailure. */
export function openDoor(host: string, door: Door, options: DirectoryOptions): Promise<Connection> {
  const scheme = door.mode === 'tls' ? 'ldaps' : 'ldap';
  const server: LdapHost = { scheme, host, port: door.port, start: 0, end: 0 };
  return connect(server, { ...options, startTls: door.mode === 'starttls' });
}

/** Tries a door: whether it is open, and what libldap would say to its certificate. Nothing is sent over it. */
export async function tryDoor(host: string, door: Door, options: DirectoryOptions): Promise<PortFact> {
  const start = performance.now();
  const about = () => ({ ...door, milliseconds: Math.round(performance.now() - start) });
  try {
    const connection = await openDoor(host, door, options);
    connection.close();
    const certificate = certificateOf(connection);
    const text = door.mode === 'plain' ? 'open, without TLS' : `open, ${door.mode === 'tls' ? 'TLS' : 'StartTLS'}`;
    return { ...about(), usable: true, code: 'ok', text, certificate };
  } catch (thrown) {
    if (!(thrown instanceof DirectoryFailure)) throw thrown;
    const { code, message: text } = thrown;
    const shown = /^tls\.(?:untrusted|name|expired|not-yet-valid)$/.test(code)
      ? await shownCertificate(host, door, options)
      : null;
    return { ...about(), usable: false, code, text, certificate: shown };
  }
}

/** The certificate that libldap refuses, looked at without trusting it; nothing is sent over that connection. */
async function shownCertificate(host: string, door: Door, options: DirectoryOptions): Promise<PortFact['certificate']> {
  try {
    const connection = await openDoor(host, door, unchecked(options));
    connection.close();
    return certificateOf(connection);
  } catch (thrown) {
    if (thrown instanceof DirectoryFailure) return null;
    throw thrown;
  }
}

/** Takes any certificate: for what everybody may read, never for a password. */
export function unchecked(options: DirectoryOptions): DirectoryOptions {
  return { ...options, libldap: { ...options.libldap, requireCertificate: 'never' } };
}

function certificateOf({ certificate }: Connection): PortFact['certificate'] {
  if (!certificate) return null;
  const { commonName, names, issuer, validTo, daysLeft, faults } = certificate;
  const all = [...new Set([...names, ...(commonName === null ? [] : [commonName])])];
  return { names: all, issuer, validTo, daysLeft, faults: faults.map(({ text }) => text) };
}
