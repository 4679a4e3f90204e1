import type { JournalStep } from './journal.js';
import type { Owner } from './stage.js';

/** How a changed file gets its new text: `rename` of a new file over it, which is atomic, or `in-place`. */
export type WriteMode = 'auto' | 'rename' | 'in-place';

/**
 * One path to write. The calls come in this order; `check` comes again before what changes the tree, and throws when the
 * disk is not what the plan was made for. Taking back goes by the records.
 */
export interface Step {
  readonly file: string;
  check(): void;
  /** Puts the new text ready; changes nothing that anybody reads. */
  stage(): void;
  /** Keeps the original. */
  keep(): void;
  commit(): void;
  /** What is known of it so far, with absolute paths. */
  record(): JournalStep;
  /** Names of our own that may be left over and have to go, all of them known from the start. */
  helpers(): readonly string[];
  /** The two texts, for taking back where nothing could be noted. */
  memory(): { readonly before?: Uint8Array; readonly after?: Uint8Array };
  report(): WrittenFile | undefined;
}

export interface StepContext {
  readonly cwd: string;
  readonly mode: WriteMode;
  /** Where the original of this step is kept; undefined when the entry's folder may not be written. */
  readonly original: string | undefined;
  /** Ending of a second copy, for the user; undefined for none. */
  readonly backup: string | undefined;
  /** Owners for new files, by their names as the plan has them, where they are known. */
  readonly owners: ReadonlyMap<string, Owner>;
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
  /** The copy of the old text that was asked for, if one was. */
  readonly backup: string | null;
}
