import { baseName, type FileSystem, folderOf, load, normalize } from '@prosodist/core';
import { editorSettings } from './editor-settings.js';
import type { Environment } from './environment.js';

/** What is at a path, as the editor says it: a text, the names in a folder, or nothing. */
export type Seen = { readonly text: string } | { readonly names: readonly string[] } | null;

/** Asks the editor for many paths at once; the answers are in their order. */
export type AskEditor = (paths: readonly string[]) => Promise<readonly Seen[]>;

/** A path that nobody has asked for any more is not fetched again after so many. */
const MOST = 2000;
const MAIN = 'prosody.cfg.lua';
/** How far above a part its entry file is looked for. */
const LEVELS = 3;

/**
 * What a server knows of a computer that it reaches through the editor alone. Reading is of what has been fetched; what is wanted and
 * was not is fetched by `fetchMissing`, after which reading is worth another try.
 */
export function editorEnvironment(ask: AskEditor): Environment {
  const known = new Map<string, Seen>();
  const wanted = new Set<string>();
  const see = (asked: string): Seen => {
    const path = normalize(asked);
    const seen = known.get(path);
    if (seen === undefined && known.size < MOST) wanted.add(path);
    return seen ?? null;
  };
  const files: FileSystem = {
    readFile: path => {
      const seen = see(path);
      if (seen && 'text' in seen) return { ok: true, text: seen.text };
      return { ok: false, problem: seen ? 'directory' : 'missing' };
    },
    readDirectory: path => {
      const seen = see(path);
      if (seen && 'names' in seen) return { ok: true, names: seen.names };
      return { ok: false, problem: seen ? 'not a directory' : 'missing' };
    },
    stat: path => {
      const seen = see(path);
      return seen ? { kind: 'text' in seen ? 'file' : 'directory', link: false } : undefined;
    },
    realPath: path => path,
  };
  return {
    files: () => files,
    findEntry: (path, over, { prosody }) => {
      const main = baseName(path) === MAIN ? path : above(path).find(entry => over.stat(entry)?.kind === 'file');
      if (main === undefined) return { problem: `there is no ${MAIN} above ${path}` };
      const reads = main === path || path === folderOf(main) || load(over, main, { prosody }).documents.has(path);
      return { entry: reads ? main : path, complete: reads };
    },
    settings: editorSettings,
    installedProsody: () => undefined,
    filesChanged: () => {
      for (const path of known.keys()) wanted.add(path);
    },
    fetchMissing: async () => {
      const paths = [...wanted];
      wanted.clear();
      if (paths.length === 0) return false;
      const answers = await ask(paths);
      let changed = false;
      for (const [index, path] of paths.entries()) {
        const answer = answers[index] ?? null;
        changed ||= JSON.stringify(known.get(path)) !== JSON.stringify(answer);
        known.set(path, answer);
      }
      return changed;
    },
  };
}

/** Where the main file of a part may be: beside it and above it. */
function above(path: string): string[] {
  const found: string[] = [];
  let folder = folderOf(path);
  for (let level = 0; level < LEVELS; level++) {
    found.push(`${folder.replace(/\/$/, '')}/${MAIN}`);
    folder = folderOf(folder.replace(/\/$/, ''));
  }
  return found;
}
