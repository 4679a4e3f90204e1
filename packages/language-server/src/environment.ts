import type { FileSystem, ProsodyVersion } from '@prosodist/core';
import { findEntry, installedProsody, keptFiles } from '@prosodist/machine';

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
  /** The version of the Prosody on this computer; undefined where there is none. */
  installedProsody(): ProsodyVersion | undefined;
}

/** The computer that the server runs on. */
export function machineEnvironment(): Environment {
  const disk = keptFiles();
  return { files: () => disk, findEntry, installedProsody: () => installedProsody() };
}
