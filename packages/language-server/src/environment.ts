import type { FileSystem, Finding, LintOptions, LintResult, NewLink, ProsodyVersion } from '@prosodist/core';
import type { Live } from './live/types.js';

/** What an answer to something that is done on the disk says. */
export interface DiskAnswer {
  readonly ok: boolean;
  /** Why it was not done, in one sentence. */
  readonly problem?: string;
}

/** What the nearest `prosodist.json` says. */
export interface ProjectSettings {
  /** The file itself; undefined where there is none. */
  readonly file?: string;
  readonly entry?: string;
  readonly prosody?: ProsodyVersion;
  readonly lint: Pick<LintOptions, 'severities' | 'ignores'>;
  /** The findings of a tree that the baseline of the settings has, which are not shown; undefined where there is none. */
  readonly known?: (result: LintResult, files: FileSystem) => ReadonlySet<Finding>;
  /** What is wrong in the file, and what that means. Lines and columns from 1. */
  readonly problems: readonly { readonly line: number; readonly column: number; readonly message: string }[];
}

/** What the server may know of the computer. Given from outside, so that a test or another host can give less. */
export interface Environment {
  /** The files below the open buffers. */
  files(): FileSystem;
  /**
   * The main file of the tree that a file or folder belongs to.
   * @param files where to look: open buffers over the disk
   * @returns `complete: false` for a lone file; `problem` where none is found
   */
  findEntry(
    path: string,
    files: FileSystem,
    options: { readonly prosody: ProsodyVersion },
  ): { readonly entry: string; readonly complete: boolean } | { readonly problem: string };
  /** The settings that hold for a file: of the nearest `prosodist.json` beside it or above. */
  settings(path: string, files: FileSystem): ProjectSettings;
  /** The version of the Prosody on this computer; undefined where there is none. */
  installedProsody(): ProsodyVersion | undefined;
  /** Makes a symbolic link inside one of the folders; undefined where no links can be made. */
  makeLink?(link: NewLink, folders: readonly string[]): DiskAnswer;
  /** Takes a new file's rights away from others. */
  protectFile?(file: string, folders: readonly string[]): DiskAnswer;
  /** Files may have changed: what is kept of them is not to be relied on. */
  filesChanged?(): void;
  /**
   * Fetches what the last reading wanted and did not have: a file system that can only be asked and waited for.
   * @returns whether anything has come, so that it is worth reading again
   */
  fetchMissing?(): Promise<boolean>;
  /** The machine and the directory, for the commands that ask for them; undefined where there are none to ask. */
  readonly live?: Live;
}
