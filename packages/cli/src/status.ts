/** The exit statuses. They are part of the contract: scripts depend on them. */
export const STATUS = {
  /** Nothing at or above the threshold; nothing to change; written. */
  ok: 0,
  /** Findings at or above the threshold; something would change. */
  findings: 1,
  /** Wrong use, or a failure of the tool. */
  usage: 2,
  /** An operation was refused; nothing was written. */
  refused: 3,
  /** A file is not what it was when it was read; nothing was written. */
  changed: 4,
} as const;

/** Ends a command with one sentence on stderr. */
export class CommandError extends Error {
  override readonly name = 'CommandError';

  /**
   * @param message what is wrong, and what to do about it
   * @param status the exit status, 2 unless said
   */
  constructor(
    message: string,
    readonly status: number = STATUS.usage,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** By name: a command is loaded when it runs, and a loader may give it a copy of this class. */
  static is(error: unknown): error is CommandError {
    return error instanceof Error && error.name === 'CommandError';
  }
}
