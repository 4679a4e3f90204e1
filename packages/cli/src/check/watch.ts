import { type FSWatcher, watch as watchFolder } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { SETTINGS_FILE } from '@prosodist/machine';
import type { Io } from '../io.js';
import type { CheckedTree } from '../report.js';
import { visible } from '../visible.js';

/** Editors write a file in several steps: what happens within this time is one change. */
const SETTLED = 100;

/**
 * Does something, and again whenever a file that it read, or one that would be read, changes.
 * @param action what to do; gives the trees that it read
 * @param io its `signal` ends the watching
 */
export async function watchTrees(io: Io, action: () => Promise<readonly CheckedTree[]>): Promise<void> {
  for (;;) {
    const change = nextChange(io, await action());
    const name = await change;
    if (name === null) return;
    io.stderr.write(`prosodist: ${visible(name)} changed; checking again\n`);
  }
}

/** The name of the next file that changes; null when watching is ended. */
function nextChange({ cwd, signal }: Io, trees: readonly CheckedTree[]): Promise<string | null> {
  const files = trees.flatMap(({ result: { configuration, unlinked } }) => [
    ...configuration.documents.keys(),
    ...unlinked.map(({ file }) => file),
  ]);
  const included = trees.flatMap(({ result }) => result.configuration.includes.map(({ path }) => path));
  const folders = new Set([cwd, ...[...files, ...included].map(file => dirname(resolve(cwd, file)))]);
  const names = new Set(files.map(file => basename(file)));
  const matters = (name: string) => name.endsWith('.lua') || name === SETTINGS_FILE || names.has(name);
  return new Promise(done => {
    const watchers: FSWatcher[] = [];
    let timer: NodeJS.Timeout | undefined;
    const end = (name: string | null) => {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
      signal?.removeEventListener('abort', stop);
      done(name);
    };
    const stop = () => end(null);
    if (signal?.aborted) return stop();
    signal?.addEventListener('abort', stop);
    const changed = (name: string | null) => {
      if (name === null || !matters(name)) return;
      clearTimeout(timer);
      timer = setTimeout(() => end(name), SETTLED);
    };
    for (const folder of folders) {
      try {
        watchers.push(watchFolder(folder, (_, name) => changed(name)));
      } catch {
        // a folder that is not there, or not ours to look at: what is in it was not read either
      }
    }
  });
}
