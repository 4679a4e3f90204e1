import type { DirectoryFailure } from '../failure.js';

const NO_CONTACT = "Can't contact LDAP server";

/**
 * What libldap answers to a failure of the connection, which is what Prosody logs; null where it answers nothing: without TIMEOUT
 * in ldap.conf it waits for ever. Seen with libldap 2.5.13 (a certificate under StartTLS: `Connect error`; StartTLS within
 * ldaps://: `Operations error`; a refused StartTLS: the server's result, such as `Protocol error`).
 * @param startTls whether StartTLS was asked for
 * @param timeout whether libldap has a TIMEOUT
 */
export function failureReply(failure: DirectoryFailure, startTls: boolean, timeout: boolean): string | null {
  if (failure.reply !== null) return failure.reply;
  switch (failure.code) {
    case 'tls.twice':
      return 'Operations error';
    // what is no LDAP looks like the beginning of a long message, whose end libldap waits for
    case 'answer.malformed':
    case 'answer.timeout':
      return timeout ? 'Timed out' : null;
    case 'tls.timeout':
      // neither TIMEOUT nor NETWORK_TIMEOUT bounds the handshake
      return null;
    case 'connect.timeout':
      return NO_CONTACT;
    case 'aborted':
      return null;
    default:
      return startTls && failure.code.startsWith('tls.') ? 'Connect error' : NO_CONTACT;
  }
}
