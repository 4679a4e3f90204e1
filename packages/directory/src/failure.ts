/** Why a connection, or what was asked over it, came to nothing. docs/directory.md says what each means. */
export type FailureCode =
  | 'name.unknown'
  | 'name.failed'
  | 'name.timeout'
  | 'connect.refused'
  | 'connect.unreachable'
  | 'connect.reset'
  | 'connect.timeout'
  | 'connect.failed'
  | 'tls.untrusted'
  | 'tls.name'
  | 'tls.expired'
  | 'tls.not-yet-valid'
  | 'tls.port'
  | 'tls.version'
  | 'tls.handshake'
  | 'tls.timeout'
  | 'tls.refused'
  | 'tls.twice'
  | 'answer.timeout'
  | 'answer.closed'
  | 'answer.malformed'
  | 'answer.too-big'
  | 'aborted';

/** A failure of the network, of TLS, or of the protocol; never a result that the server gave. Its message is for people, without secrets. */
export class DirectoryFailure extends Error {
  readonly code: FailureCode;
  /** libldap's own text, where the server gave a result; else null. */
  readonly reply: string | null;

  constructor(code: FailureCode, message: string, options?: ErrorOptions & { readonly reply?: string }) {
    super(message, options);
    this.reply = options?.reply ?? null;
    this.name = 'DirectoryFailure';
    this.code = code;
  }
}

/** The failure that something thrown is; what is none becomes one of this code. */
export function failureOf(thrown: unknown, code: FailureCode): DirectoryFailure {
  if (thrown instanceof DirectoryFailure) return thrown;
  return new DirectoryFailure(code, thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown });
}
