import type { Result } from '../wire/response.js';
import { subErrorOf } from './active-directory.js';
import { resultName } from './codes.js';

/** What a result that is no success means. */
export interface Explanation {
  /** The end of a step's code, such as `invalid-credentials`. */
  readonly code: string;
  /** A clause that goes on after "because" or a colon. */
  readonly meaning: string;
  readonly help: string | null;
}

const WITHOUT_TLS =
  'Use TLS: "ldaps://" before the server, or StartTLS (use_tls of ldap2, ldap_tls of ldap, ldap_start_tls of saslauthd.conf)';

/** By result code, what Active Directory, Samba and slapd mean by it; those that need the message are below. */
const MEANINGS: Readonly<Record<number, Explanation>> = {
  3: { code: 'time-limit', meaning: 'the server gave up for lack of time', help: 'Search a smaller part of the directory' },
  4: { code: 'size-limit', meaning: 'the server sends no more entries', help: null },
  7: { code: 'method', meaning: 'the server takes no simple binds', help: 'Have simple binds allowed, at least under TLS' },
  8: { code: 'tls-required', meaning: 'the server takes a password only under TLS', help: WITHOUT_TLS },
  11: {
    code: 'admin-limit',
    meaning: 'the search goes beyond a limit of the server',
    help: 'Search a smaller part of the directory',
  },
  13: { code: 'tls-required', meaning: 'the server talks about this only under TLS', help: WITHOUT_TLS },
  48: {
    code: 'inappropriate',
    meaning: 'this entry cannot be bound as: it has no password, or anonymous binds are off',
    help: 'Give a service account and its password',
  },
  50: {
    code: 'no-rights',
    meaning: 'the account has no right to do this',
    help: 'Give the service account the right to read the users',
  },
  51: { code: 'busy', meaning: 'the server is busy', help: 'Try again later' },
  52: { code: 'unavailable', meaning: 'the server is shutting down or not ready', help: 'Try again later' },
};

/** Says what a result means, of whatever operation. The server's own text is not in it: `diagnosis` has that. */
export function explainResult(result: Result): Explanation {
  const { code, message, referrals } = result;
  if (code === 49) {
    const sub = subErrorOf(message);
    if (sub) return sub;
    return { code: 'invalid-credentials', meaning: 'the name or the password is wrong', help: 'Check both' };
  }
  if (code === 1 && /^(?:000004DC|00002020)|successful bind must be completed|without authentication/i.test(message)) {
    return {
      code: 'anonymous',
      meaning: 'the server lets nobody search who has not logged in',
      help: 'Give a service account: bind_dn and bind_password of ldap2, ldap_rootdn and ldap_password of ldap',
    };
  }
  if (code === 10) {
    return {
      code: 'referral',
      meaning: `this server does not hold it and sends one on to ${referrals.join(', ') || 'another one'}`,
      help: 'Ask a server that holds this part, or the Global Catalog (port 3269)',
    };
  }
  if (code === 32) return { code: 'not-there', meaning: 'there is no such entry', help: null };
  if (code === 34)
    return {
      code: 'dn-syntax',
      meaning: 'the server cannot read the DN',
      help: 'Write a DN such as CN=name,OU=unit,DC=example,DC=com',
    };
  if (code === 53 && /unauthenticated bind/i.test(message)) {
    return {
      code: 'no-password',
      meaning: 'a name without a password is no login',
      help: 'Give the password, or leave out the name too',
    };
  }
  if (code === 53 && /password (?:must be changed|expired)|restricted to bind/i.test(message))
    return { code: 'must-change-password', meaning: 'the password must be changed first', help: 'Change the password' };
  return MEANINGS[code] ?? { code: 'other', meaning: `the server says "${resultName(code)}"`, help: null };
}

/** `Invalid credentials (49): 80090308: LdapErr: …`: a result as the server put it. */
export function diagnosis(result: Result): string {
  return `${resultName(result.code)} (${result.code})${result.message === '' ? '' : `: ${result.message}`}`;
}
