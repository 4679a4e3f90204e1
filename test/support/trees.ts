import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type FileSpec, readTree } from './prosody-files.js';

/** A configuration tree of the repository. */
export interface RepositoryTree {
  readonly name: string;
  /** By path: relative to Debian's /etc/prosody, or absolute where the tree is written for another place. */
  readonly files: Record<string, FileSpec>;
  readonly entry: string;
  /** What is right and wrong in it. */
  readonly notes: readonly string[];
}

const fixtures = fileURLToPath(new URL('../fixtures/trees', import.meta.url));
const example = fileURLToPath(new URL('../../examples/jitsi-active-directory', import.meta.url));

/** The bundled example. */
export function exampleTree(): RepositoryTree {
  return { name: 'jitsi-active-directory', files: readTree(example), entry: 'prosody.cfg.lua', notes: [] };
}

/** The trees of test/fixtures/trees; a folder is the root of the machine where its entry is absolute. */
export function fixtureTrees(): RepositoryTree[] {
  const folders = readdirSync(fixtures, { withFileTypes: true }).filter(entry => entry.isDirectory());
  return folders.map(({ name }) => {
    const { entry, notes } = JSON.parse(readFileSync(`${fixtures}/${name}/expect.json`, 'utf8')) as Pick<
      RepositoryTree,
      'entry' | 'notes'
    >;
    const start = entry.startsWith('/') ? '/' : '';
    const files = Object.entries(readTree(`${fixtures}/${name}`)).filter(([path]) => path !== 'expect.json');
    return { name, entry, notes, files: Object.fromEntries(files.map(([path, file]) => [start + path, file])) };
  });
}
