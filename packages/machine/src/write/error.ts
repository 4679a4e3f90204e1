import { errorCode } from '../paths.js';

/** Why nothing was written. */
export class WriteError extends Error {
  override readonly name = 'WriteError';
  /** What was asked to verify the plan and did not accept it. */
  readonly command: string | undefined;

  /**
   * @param code `changed`: a file is not what it was when the plan was made; `held`: another process is writing;
   *   `refused`: what should verify the plan did not accept it; `failed`: the system refused
   * @param file the file that it is about, where it is about one
   * @param options the cause; of what was not verified, the command as the user gave it
   */
  constructor(
    readonly code: 'changed' | 'held' | 'refused' | 'failed',
    message: string,
    readonly file?: string,
    options?: ErrorOptions & { readonly command?: string },
  ) {
    super(message, options);
    this.command = options?.command;
  }

  /** Any error of the system as one of these. */
  static from(error: unknown, file?: string): WriteError {
    if (error instanceof WriteError) return error;
    const message = error instanceof Error ? error.message : String(error);
    const words = WORDS[errorCode(error) ?? ''] ?? message;
    return new WriteError('failed', file ? `${file}: ${words}` : words, file, { cause: error });
  }
}

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is mounted read-only',
  ENOSPC: 'no space left',
  EDQUOT: 'the quota is used up',
  ENOENT: 'no such file or folder',
};
