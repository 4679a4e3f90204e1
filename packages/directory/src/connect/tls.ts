import { isIP, type Socket } from 'node:net';
import { connect } from 'node:tls';
import { bounded, type Limit } from '../bounded.js';
import { DirectoryFailure, type FailureCode } from '../failure.js';
import type { LibldapOptions } from '../types.js';
import { type Certificate, judgeCertificate, nameToCheck } from './certificate.js';

/** Errors of the handshake that mean: whoever listens there does not speak TLS. */
const NO_TLS = /^(?:ECONNRESET|EPIPE|ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG|ERR_SSL_HTTP_REQUEST|EPROTO)$/;
const VERSIONS = /UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|NO_PROTOCOLS_AVAILABLE/;

/** A connection under TLS. */
export interface Secured {
  readonly socket: Socket;
  readonly certificate: Certificate;
}

/**
 * Puts TLS on a connected socket and judges the certificate as libldap would: it trusts whom `libldap` says and nobody else, and
 * with TLS_REQCERT `never` or `allow` it goes on with any certificate. Bounded: a server that is silent in the handshake costs the limit.
 * @param host the name as the configuration has it
 */
export async function secure(
  raw: Socket,
  host: string,
  libldap: LibldapOptions,
  machineName: string,
  limit: Limit,
): Promise<Secured> {
  const { socket, certificate } = await handshake(raw, host, libldap, machineName, limit);
  const [fault] = certificate.faults;
  if (!fault || libldap.requireCertificate === 'never' || libldap.requireCertificate === 'allow') return { socket, certificate };
  socket.on('error', () => {});
  socket.destroy();
  throw new DirectoryFailure(fault.code, certificate.faults.map(({ text }) => text).join('; '));
}

function handshake(raw: Socket, host: string, libldap: LibldapOptions, machineName: string, limit: Limit): Promise<Secured> {
  return bounded<Secured>(limit, { code: 'tls.timeout', what: 'the TLS handshake did not end' }, (resolve, reject) => {
    const socket = connect({
      socket: raw,
      // what libldap does not trust must not be trusted here: an empty list keeps Node's own out
      ca: libldap.trusted === null ? [] : [libldap.trusted],
      allowPartialTrustChain: true,
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
      servername: isIP(host) === 0 ? host : '',
    });
    const onError = (error: NodeJS.ErrnoException) => reject(handshakeFailure(error));
    const onClose = () => reject(new DirectoryFailure('tls.port', 'the server closed the connection in the TLS handshake'));
    const onSecure = () => {
      const certificate = socket.getPeerX509Certificate();
      if (!certificate) {
        reject(new DirectoryFailure('tls.handshake', 'the server showed no certificate'));
        return;
      }
      // its type says Error; it is the code of OpenSSL
      const verified = socket.authorized ? null : String(socket.authorizationError);
      const name = nameToCheck(host, machineName);
      resolve({ socket, certificate: judgeCertificate(certificate, verified, name, libldap.trustedFrom) });
    };
    socket.once('secureConnect', onSecure).once('error', onError).once('close', onClose);
    return failed => {
      socket.off('secureConnect', onSecure).off('error', onError).off('close', onClose);
      if (!failed) return;
      socket.on('error', () => {});
      socket.destroy();
      raw.destroy();
    };
  });
}

function handshakeFailure(error: NodeJS.ErrnoException): DirectoryFailure {
  const code = error.code ?? '';
  const kind: FailureCode = VERSIONS.test(code) ? 'tls.version' : NO_TLS.test(code) ? 'tls.port' : 'tls.handshake';
  return new DirectoryFailure(kind, `the TLS handshake failed (${code === '' ? error.message : code})`);
}
