import type { LdapHost } from '@prosodist/core';
import {
  type Certificate,
  type Connection,
  connect,
  DirectoryFailure,
  endsTheList,
  isTls,
  type Phase,
  serverName,
} from '../internal.js';
import type { Step, StepName } from '../types.js';
import { done, type Found, type Run, started } from './run.js';
import { afterFailure, sentence } from './words.js';

/** Days before its end from which a certificate is a warning. */
const SOON = 30;

/** The connection that Prosody would use, and to which server of the list. */
export interface Used {
  readonly connection: Connection;
  readonly host: LdapHost;
}

/**
 * Connects to every server of the list: name, TCP, TLS, one step each. Returns the first that libldap would use; the others are
 * closed again. A server that fails is an error when none works, and a warning when another does.
 */
export async function checkServers(run: Run, hosts: readonly LdapHost[]): Promise<Used | null> {
  let used: Used | null = null;
  let ended = false;
  for (const [index, host] of hosts.entries()) {
    const connection = await checkServer(run, host, used !== null || (!ended && index < hosts.length - 1));
    if (connection === 'aborted') break;
    if (connection instanceof DirectoryFailure) {
      ended ||= used === null && endsTheList(connection, { startTls: run.settings.startTls.value });
      continue;
    }
    if (used !== null || ended) connection.close();
    else used = { connection, host };
  }
  return used;
}

async function checkServer(run: Run, host: LdapHost, another: boolean): Promise<Connection | DirectoryFailure | 'aborted'> {
  const { settings, options } = run;
  const server = serverName(host);
  let phase: Phase = host.scheme === 'ldapi' ? 'connect' : 'name';
  let begin = performance.now();
  const end = (found: Found): Step => done(run, phase, server, found, performance.now() - begin);
  const begins = (next: Phase) => {
    if (next !== phase) end(arrived(phase, host));
    phase = next;
    begin = performance.now();
    started(run, next satisfies StepName, server);
  };
  try {
    const connection = await connect(host, { ...options, startTls: settings.startTls.value, onPhase: begins });
    end(connection.certificate ? judged(run, connection.certificate) : arrived(phase, host, connection));
    return connection;
  } catch (thrown) {
    if (!(thrown instanceof DirectoryFailure)) throw thrown;
    const found = afterFailure(run, thrown, TRIED[phase]);
    if (thrown.code === 'aborted') {
      end(found);
      return 'aborted';
    }
    if (another && found.verdict === 'error') {
      end({
        ...found,
        verdict: 'warning',
        found: `${found.found} Prosody goes on to the other servers of the list, at every login anew.`,
      });
    } else end(found);
    return thrown;
  }
}

const DOING: Readonly<Record<Phase, string>> = {
  name: 'looked the name up',
  connect: 'connected',
  tls: 'made TLS',
};

const TRIED: Readonly<Record<Phase, string>> = {
  name: 'looked the name up',
  connect: 'tried to connect',
  tls: 'tried to make TLS',
};

function arrived(phase: Phase, host: LdapHost, connection?: Connection): Found {
  const found = {
    name: `${host.host} has an address.`,
    connect: connection ? `${connection.address} took the connection.` : 'It took the connection.',
    tls: 'It is encrypted.',
  }[phase];
  return { verdict: 'ok', code: 'ok', did: DOING[phase], found };
}

function judged(run: Run, certificate: Certificate): Found {
  const { settings, options } = run;
  const did = `made TLS ${run.settings.startTls.value ? 'with StartTLS ' : ''}and judged the certificate as libldap does`;
  const names = [...new Set([...certificate.names, certificate.commonName])].filter(name => name !== null).join(', ');
  const what = `The certificate is for ${names || 'nobody'}, from ${certificate.issuer}, until ${certificate.validTo.slice(0, 10)}`;
  const [fault] = certificate.faults;
  const level = options.libldap.requireCertificate;
  if (fault)
    return {
      verdict: 'warning',
      code: 'tls.unchecked',
      did,
      found: `${what}. ${sentence(fault.text)} libldap takes it all the same (TLS_REQCERT ${level}): whoever stands between can read the passwords.`,
      help: 'Set TLS_REQCERT demand (ldap_tls_check_peer: yes in saslauthd.conf) once the certificate is in order.',
      settings: [settings.server],
    };
  if (level === 'never' || level === 'allow')
    return {
      verdict: 'warning',
      code: 'tls.unchecked',
      did,
      found: `${what}. It is good, but libldap does not look (TLS_REQCERT ${level}): whoever stands between can read the passwords.`,
      help: 'Set TLS_REQCERT demand (ldap_tls_check_peer: yes in saslauthd.conf).',
      settings: [settings.server],
    };
  if (certificate.daysLeft < SOON)
    return {
      verdict: 'warning',
      code: 'tls.expires-soon',
      did,
      found: `${what}: ${certificate.daysLeft} more days. From then on nobody can log in.`,
      help: 'Have it renewed.',
      settings: [settings.server],
    };
  return { verdict: 'ok', code: 'ok', did, found: `${what}.` };
}

/** Whether a failure of a plain connection looks as if the port wants TLS, and it does: tried. */
export async function wantsTls(run: Run, host: LdapHost, failure: DirectoryFailure): Promise<boolean> {
  if (isTls(host) || run.settings.startTls.value || !/^answer\.(?:closed|malformed)$/.test(failure.code)) return false;
  try {
    const libldap = { ...run.options.libldap, requireCertificate: 'never' } as const;
    const connection = await connect({ ...host, scheme: 'ldaps' }, { ...run.options, libldap, startTls: false });
    connection.close();
    return true;
  } catch (thrown) {
    if (thrown instanceof DirectoryFailure) return false;
    throw thrown;
  }
}
