/** One file or link to write. The calls come in this order; `check` throws when the disk is not what the plan was made for. */
export interface Step {
  readonly file: string;
  check(): void;
  /** Puts everything ready; changes nothing that anybody reads. */
  stage(): void;
  commit(): void;
  /** Takes the commit back. */
  undo(): void;
  /** Files of ours that may be left over and have to go. */
  helpers(): readonly (string | Buffer)[];
  report(): WrittenFile | undefined;
}

export interface StepContext {
  readonly cwd: string;
  readonly inPlace: boolean;
  readonly warn: (text: string) => void;
}

/** What became of a file. */
export interface WrittenFile {
  readonly file: string;
  /** `replaced` by a rename, `rewritten` in place, or `created`. */
  readonly action: 'replaced' | 'rewritten' | 'created';
  /** Permission bits: 0o640. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Checksums of the bytes, in hexadecimal; null for a file that was not there. */
  readonly sha256: { readonly before: string | null; readonly after: string };
}
