// The connections of a login: opened as the module opens them, the service account bound once.
import { type DirectorySettings, encode, type Placed, parseLdapHosts } from '@prosodist/core';
import {
  type Connection,
  clearText,
  connectFirst,
  diagnosis,
  explainResult,
  failureOf,
  failureReply,
  resultName,
} from '../internal.js';
import type { DirectoryOptions } from '../types.js';

/** A connection that was bound, or what libldap says instead. */
export type Bound =
  | { readonly is: 'bound'; readonly connection: Connection }
  /** `reply`: libldap's text; null: it waits for ever, and Prosody with it. */
  | {
      readonly is: 'failed';
      readonly reply: string | null;
      readonly why: string;
      readonly help: string | null;
    }
  /** A password would go over the network in clear. */
  | { readonly is: 'clear'; readonly server: string };

/** ldap_err2string of LDAP_PARAM_ERROR. */
const BAD_URL = 'Bad parameter to an ldap routine';
const CHECK = 'Run `prosodist directory check`: it looks at the connection step by step.';

/**
 * Binds as the user with the password to be tried; what is said of a refusal is said of a user's password.
 * @param dn the entry that the search found
 */
export async function bindUser(
  settings: DirectorySettings,
  options: DirectoryOptions,
  dn: string,
  password: string,
): Promise<Bound> {
  const bound = await openBound(settings, options, dn, password);
  return bound.is === 'failed' && /\b52e\b|^the name or the password is wrong/.test(bound.why)
    ? { ...bound, help: AGAIN }
    : bound;
}

const AGAIN =
  'Type the password once more. Active Directory says the same of a disabled account, as long as the password is wrong.';

/**
 * Connects as libldap does and binds. Nothing stays open unless it is bound.
 * @param name empty for an anonymous bind
 */
export async function openBound(
  settings: DirectorySettings,
  options: DirectoryOptions,
  name: string,
  password: string,
): Promise<Bound> {
  const startTls = settings.startTls.value;
  const timeout = settings.saslauthd !== undefined || options.libldap.timeout !== null;
  // saslauthd hands the list to ldap_initialize as it is, without lualdap's ldap:// before a bare name
  const server = settings.server.value;
  if (settings.way === 'cyrus' && !server.includes('://'))
    return failed(BAD_URL, `"${server}" is no LDAP URL`, `Write ${settings.server.name} with ldap:// or ldaps://.`);
  const hosts = parseLdapHosts(server);
  if (!hosts.ok) return failed(hosts.problem.reply, hosts.problem.message, `${hosts.problem.help}.`);
  const open = hosts.hosts.find(host => clearText(host, startTls));
  if (password !== '' && open && !options.allowPlaintext) return { is: 'clear', server: `${open.host}:${open.port}` };
  const { connection, failed: failures } = await connectFirst(hosts.hosts, { ...options, startTls });
  if (!connection) {
    const last = failures.at(-1)!;
    return failed(failureReply(last.failure, startTls, timeout), `${last.server}: ${last.failure.message}`, CHECK);
  }
  const secret = Buffer.from(encode(password));
  try {
    const result = await connection.bind(name, secret);
    if (result.code === 0) return { is: 'bound', connection };
    connection.close();
    const { meaning, help } = explainResult(result);
    return {
      is: 'failed',
      reply: resultName(result.code),
      why: `${meaning} (${diagnosis(result)})`,
      help: help && `${help}.`,
    };
  } catch (thrown) {
    connection.close();
    const failure = failureOf(thrown, 'answer.closed');
    if (failure.code === 'aborted') throw failure;
    return failed(failureReply(failure, startTls, timeout), `${connection.server}: ${failure.message}`, CHECK);
  } finally {
    secret.fill(0);
  }
}

function failed(reply: string | null, why: string, help: string | null): Bound {
  return { is: 'failed', reply, why, help };
}

/** What was done first, in words. */
export function asked(settings: DirectorySettings, connection: Connection | null = null): string {
  const name = settings.bindName?.value ?? '';
  const account = name === '' ? 'nobody (anonymous)' : name;
  return connection ? `bound to ${connection.server} as ${account}` : `asked ${settings.server.value} to let ${account} in`;
}

/** What was searched for, in words. */
export function searched(settings: DirectorySettings, filter: string, base = settings.base?.value): string {
  return `searched ${base === undefined || base === '' ? 'the default base' : base} for ${filter}`;
}

/** The settings that the connection and the service account hang on. */
export function servicePlaces({ server, startTls, bindName, bindPassword }: DirectorySettings): readonly Placed<unknown>[] {
  const account = [bindName, bindPassword && { ...bindPassword, value: null }].filter(placed => placed !== null);
  return [server, ...(startTls.origin ? [startTls] : []), ...account];
}
