import { formatDn, type LdapHost, parseDn, type Rdn } from '@prosodist/core';
import { readRootDse } from '../discover/root-dse.js';
import type { RootDse } from '../discover/types.js';
import { DirectoryFailure } from '../internal.js';
import { type Run, takeStep } from './run.js';
import { type Used, wantsTls } from './servers.js';
import { serviceFails } from './words.js';

/** Reads what the server says of itself to everybody, without a bind. Null when it says nothing or the connection fails. */
export async function checkRootDse(run: Run, { connection, host }: Used): Promise<RootDse | null> {
  let root: RootDse | null = null;
  const did = 'asked the server what it is, without a bind';
  await takeStep(run, 'root-dse', connection.server, did, async () => {
    try {
      root = await readRootDse(connection);
    } catch (thrown) {
      if (thrown instanceof DirectoryFailure && (await wantsTls(run, host, thrown))) return tlsPort(run, host, did);
      throw thrown;
    }
    if (!root)
      return {
        verdict: 'warning',
        code: 'root-dse.hidden',
        did,
        found: 'The server does not say what it is and what it holds. That alone harms no login.',
      };
    const { kind, vendor, contexts } = root;
    const found = `It is ${NAMES[kind]}${vendor === null || kind === 'active-directory' ? '' : ` (${vendor})`} and holds ${contexts.join('; ') || 'nothing that it names'}.`;
    const base = run.settings.base;
    // an empty base is all that a server has: of use at the Global Catalog
    if (!base || base.value === '' || contexts.length === 0 || contextOf(base.value, contexts) !== null)
      return { verdict: 'ok', code: 'ok', did, found };
    return {
      verdict: 'warning',
      code: 'root-dse.base',
      did,
      found: `${found} The base ${base.value} lies in none of these.`,
      help: `Take a base in ${root.defaultContext ?? contexts[0]}, or a server that holds this one.`,
      settings: [base],
    };
  });
  return root;
}

const NAMES = {
  'active-directory': 'Active Directory',
  samba: 'Active Directory by Samba',
  openldap: 'OpenLDAP',
  freeipa: 'FreeIPA',
  '389ds': '389 Directory Server',
  lldap: 'LLDAP',
  other: 'an LDAP server',
} as const;

/** The context of a server that a DN lies in, the longest if several; null when it lies in none, or is no DN. */
export function contextOf(dn: string, contexts: readonly string[]): string | null {
  const inside = contexts.filter(context => context !== '' && isWithin(dn, context));
  return inside.sort((a, b) => b.length - a.length)[0] ?? null;
}

/** Whether a DN is another or lies below it, in whatever case and spelling of its separators. */
export function isWithin(dn: string, above: string): boolean {
  const [below, top] = [canonical(dn), canonical(above)];
  if (!below || !top || top.length > below.length) return false;
  return top.every((part, index) => part === below[below.length - top.length + index]);
}

function canonical(dn: string): string[] | null {
  const parsed = parseDn(dn);
  return parsed.ok ? parsed.rdns.map((rdn: Rdn) => formatDn([rdn]).toLowerCase()) : null;
}

function tlsPort(run: Run, host: LdapHost, did: string) {
  const { settings } = run;
  return {
    verdict: 'error',
    code: 'tls.port',
    did,
    found: `Port ${host.port} wants TLS from the first byte (tried: it answers to that), and the settings do not have it.`,
    ...serviceFails(settings, "Can't contact LDAP server"),
    help: `Write ldaps://${host.host}${host.port === 636 ? '' : `:${host.port}`}`,
    settings: [settings.server],
  } as const;
}
