import type { Terminal } from './terminal.js';

/** Where a command writes. */
export interface Output {
  write(chunk: string | Uint8Array): unknown;
}

/** What a command reads from standard input. */
export type Input = AsyncIterable<string | Uint8Array>;

/** The surroundings of one run. Nothing else of the process is used, except the disk. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly stdin: Input;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What relative paths are relative to. */
  readonly cwd: string;
  /** Whether `stdout` is a terminal. */
  readonly isTTY: boolean;
  /** Whether `stderr` is one. */
  readonly stderrIsTTY?: boolean;
  /** Who can be asked, where somebody sits before it. */
  readonly terminal?: Terminal | undefined;
  /** Ends what goes on until somebody ends it. */
  readonly signal?: AbortSignal;
  /** The terminal's width, where there is one; `COLUMNS` comes first. */
  readonly columns?: number | undefined;
}
