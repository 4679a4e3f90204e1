import { type FileSystem, folderOf, type ProsodyVersion } from '@prosodist/core';
import type { Environment } from '../environment.js';

/** A main file that a document may belong to. */
export interface Candidate {
  readonly entry: string;
  readonly complete: boolean;
}

interface Known {
  readonly candidates: readonly Candidate[];
  readonly generation: number;
  readonly found: number;
}

/** Looking for main files means reading them; for so many milliseconds the answer is good enough. */
const FRESH = 2000;

/** Remembers which main files were found for a document. */
export class Entries {
  #generation = 0;
  readonly #known = new Map<string, Known>();

  constructor(private readonly environment: Environment) {}

  /** Files may have come or gone: look again. */
  changed(): void {
    this.#generation += 1;
  }

  /** Forgets all paths but these. */
  keepOnly(paths: ReadonlySet<string | undefined>): void {
    for (const path of this.#known.keys()) if (!paths.has(path)) this.#known.delete(path);
  }

  /** The main files that may read this file, the likeliest first; the file alone is not among them. */
  of(path: string, files: FileSystem, prosody: ProsodyVersion): readonly Candidate[] {
    const known = this.#known.get(path);
    if (known?.generation === this.#generation && Date.now() - known.found < FRESH) return known.candidates;
    // a file that waits in conf.avail is read by no main file, but the one beside that folder knows of it
    const answers = [path, folderOf(path)].map(asked => this.environment.findEntry(asked, files, { prosody }));
    const candidates = answers.flatMap(answer => {
      if ('problem' in answer || (answer.entry === path && !answer.complete)) return [];
      return [{ entry: answer.entry, complete: answer.complete }];
    });
    this.#known.set(path, { candidates, generation: this.#generation, found: Date.now() });
    return candidates;
  }
}
