import { type FileSystem, type LintOptions, type ProsodyVersion, severitiesOf } from '@prosodist/core';
import { findEntry, findSettings, ignoredBy, installedProsody, keptFiles, SETTINGS_FILE } from '@prosodist/machine';

export { SETTINGS_FILE };

/** What the nearest `prosodist.json` says. */
export interface ProjectSettings {
  /** The file itself; undefined where there is none. */
  readonly file?: string;
  readonly entry?: string;
  readonly prosody?: ProsodyVersion;
  readonly lint: Pick<LintOptions, 'severities' | 'ignores'>;
  /** What is wrong in the file; then nothing of it holds. Lines and columns from 1. */
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
}

/** The computer that the server runs on. */
export function machineEnvironment(): Environment {
  const disk = keptFiles();
  return { files: () => disk, findEntry, settings: projectSettings, installedProsody: () => installedProsody() };
}

function projectSettings(path: string, files: FileSystem): ProjectSettings {
  const found = findSettings(path, files);
  if (!found.ok) return { file: found.file, lint: {}, problems: found.problems };
  if (!found.settings) return { lint: {}, problems: [] };
  const { file, entry, prosody, preset, rules } = found.settings;
  const ignores = ignoredBy(found.settings, '/');
  return {
    file,
    ...(entry === undefined ? {} : { entry }),
    ...(prosody === undefined ? {} : { prosody }),
    lint: { severities: severitiesOf(preset, rules), ...(ignores ? { ignores } : {}) },
    problems: [],
  };
}
