import { capital, type DirectorySettings, type Placed } from '@prosodist/core';
import { type DirectoryFailure, failureReply } from '../internal.js';
import type { Step } from '../types.js';
import type { Found, Run } from './run.js';

/** What Prosody logs of something, and what the user sees of it. */
export type Effect = Pick<Step, 'prosodyLogs' | 'userSees'>;

/**
 * When the service connection fails with this text of libldap; null: it never ends. ldap2 raises an error (ldap.lib.lua:171) and
 * the client gets no answer; mod_auth_ldap tries three times and refuses; saslauthd says one line for every cause (seen on
 * Prosody 0.12.3 and 13.0.1, which log the same).
 */
export function serviceFails(settings: DirectorySettings, reply: string | null): Effect {
  if (settings.way === 'cyrus') return { prosodyLogs: saslauthdLine(settings), userSees: 'refused' };
  if (reply === null) return { prosodyLogs: null, userSees: 'connecting' };
  if (settings.way === 'ldap2') return { prosodyLogs: `Traceback[bosh]: .../ldap.lib.lua:171: ${reply}`, userSees: 'connecting' };
  return { prosodyLogs: retried(reply, 'reconnect'), userSees: 'refused' };
}

/** When libldap refuses the filter. */
export function filterRefused(settings: DirectorySettings): Effect {
  if (settings.way === 'cyrus') return { prosodyLogs: saslauthdLine(settings), userSees: 'refused' };
  const reply = 'LuaLDAP: Bad search filter';
  if (settings.way === 'ldap2') return { prosodyLogs: `Traceback[bosh]: .../ldap.lib.lua:217: ${reply}`, userSees: 'connecting' };
  return { prosodyLogs: retried(reply, 'search'), userSees: 'refused' };
}

/** When the search finds nobody, for whatever reason: lualdap drops the result's code. */
export function nobodyFound(settings: DirectorySettings, user: string): Effect {
  if (settings.way === 'cyrus') return { prosodyLogs: saslauthdLine(settings), userSees: 'refused' };
  return {
    prosodyLogs: settings.way === 'ldap2' ? `_M.bind - no DN found for username = ${user}` : null,
    userSees: 'refused',
  };
}

/** When the user's own bind is refused: ldap2 drops the reason, mod_auth_ldap logs it at level debug. */
export function userRefused(settings: DirectorySettings, dn: string): Effect {
  if (settings.way === 'cyrus') return { prosodyLogs: saslauthdLine(settings), userSees: 'refused' };
  return {
    prosodyLogs: settings.way === 'ldap2' ? `_M.bind - who: ${dn}` : 'ldap open_simple error: Invalid credentials',
    userSees: 'refused',
  };
}

/** A step that the connection failed in. */
export function afterFailure(run: Run, failure: DirectoryFailure, did: string): Found {
  if (failure.code === 'aborted') return { verdict: 'skipped', code: 'aborted', did, found: 'The check was called off.' };
  const { settings, options } = run;
  const { timeout, networkTimeout, problems } = options.libldap;
  const reply = failureReply(failure, settings.startTls.value, timeout !== null);
  const [freezes] = settings.way === 'cyrus' ? [] : FREEZES.filter(([applies]) => applies(failure.code, reply, networkTimeout));
  return {
    verdict: 'error',
    code: failure.code,
    did,
    found: `${sentence(failure.message)}${freezes ? ` ${freezes[1]}` : ''}`,
    ...serviceFails(settings, reply),
    help: [HELP[failure.code.split('.')[0]!], HELP[failure.code], ...(failure.code.startsWith('tls.') ? (problems ?? []) : [])]
      .filter(part => part !== undefined)
      .map(sentence)
      .join(' '),
    settings: written(settings.server, settings.startTls),
  };
}

/** How long Prosody stands still, by what happened. */
const FREEZES: readonly (readonly [(code: string, reply: string | null, networkTimeout: number | null) => boolean, string])[] = [
  [(_, reply) => reply === null, 'Prosody waits too, without a limit, and serves nobody else meanwhile: it has one thread.'],
  [
    (code, _, networkTimeout) => code === 'connect.timeout' && networkTimeout === null,
    'Prosody waits until the system gives up, about two minutes, and serves nobody else meanwhile: it has one thread.',
  ],
];

const TIMEOUT_HELP = 'Put "TIMEOUT 5" and "NETWORK_TIMEOUT 5" into /etc/ldap/ldap.conf, so that a silent server costs seconds';

/** What to do about a failure, by its code or the first part of it. */
const HELP: Readonly<Record<string, string>> = {
  name: 'Write the name of a domain controller as DNS knows it, and look whether this machine asks the DNS server that knows it',
  'connect.refused': 'Nobody listens there: look whether the server runs, and whether the port is right (389 ldap, 636 ldaps)',
  'connect.unreachable': 'Look at the routes and at the network of this machine or container',
  'connect.timeout': `A firewall seems to drop the packets: have the port opened, or name another server. ${TIMEOUT_HELP}`,
  'connect.reset': 'Something between this machine and the server ends connections: look at firewalls and proxies',
  'tls.untrusted':
    'Put the certificate of the authority (the root of the company or of the domain) into a file and name it in /etc/ldap/ldap.conf: TLS_CACERT /etc/ssl/certs/corp-ca.pem; of cyrus in saslauthd.conf: ldap_tls_cacert_file',
  'tls.name': 'Write a name that the certificate has',
  'tls.expired': "Have the server's certificate renewed",
  'tls.not-yet-valid': "Look at the clocks of this machine and of the server, and at the server's certificate",
  'tls.port':
    'TLS from the first byte belongs to port 636 (3269), everything else to 389 (3268): write ldaps://server or ldap://server without a port',
  'tls.version': 'Have TLS 1.2 or newer allowed on the server',
  'tls.refused': 'Use ldaps:// and no StartTLS, or have a certificate installed on the server',
  'tls.twice': 'Take ldaps:// or StartTLS, not both: with ldaps:// set use_tls (ldap_tls, ldap_start_tls) to false',
  'tls.timeout':
    'Look at the server: it took the connection and says nothing. No option of libldap bounds a handshake; name another server',
  'answer.timeout': `Look at the server: it took the connection and does not answer. ${TIMEOUT_HELP}`,
  'answer.closed': 'Look into the log of the server. A port that wants TLS closes like this too',
  'answer.malformed': 'Something else than a directory seems to listen there: check the port',
};

/** Those of these settings that somebody wrote. */
export function written(...settings: readonly (Placed<unknown> | null | undefined)[]): readonly Placed<unknown>[] {
  return settings.filter((setting): setting is Placed<unknown> => setting != null && setting.origin !== null);
}

/** A text as a sentence of its own. */
export function sentence(text: string): string {
  const whole = capital(text);
  return /[.!?:]$/.test(whole) ? whole : `${whole}.`;
}

function retried(reply: string, where: string): string {
  return [...Array(3).fill(`LDAP: nil ${reply} (in ${where})`), `LDAP: ${reply}`].join('\n');
}

function saslauthdLine({ host, saslauthd }: DirectorySettings): string {
  return `saslauthd: auth failure: [user=…] [service=${saslauthd?.service ?? 'xmpp'}] [realm=${saslauthd?.realm || host}] [mech=ldap] [reason=Unknown]`;
}
