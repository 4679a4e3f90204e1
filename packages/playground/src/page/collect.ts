import { decode, type MemoryFile, type ProsodyVersion } from '@prosodist/core';
import type { Project } from '../protocol.js';

/** What was given: by its path as the browser tells it, `prosody/conf.d/x.cfg.lua`. */
export interface GivenFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Of a configuration nothing is near these; they keep a whole disk out that was dropped by mistake. */
export const MOST = { files: 2000, bytes: 8_000_000, file: 1_000_000 } as const;

/** What Prosody, or a rule, may read. Keys and certificates are no text of a configuration, and stay where they are. */
export function isWanted(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^\.git$|(?:^|\/)(?:\.git|node_modules)\//.test(path)) return false;
  return /\.(?:lua|conf|cfg|js|env|j2|tmpl|tpl|secret|txt)$/i.test(name) || name === '.env' || /^[\w-]+$/.test(name);
}

/** Prosody's folder on a Debian machine: what is given without its way lies there. */
const HOME = '/etc/prosody';

/**
 * A project of the given files: the main file is found by its name, and everything is put where it would be on a machine.
 * @returns a sentence for people where there is nothing to read
 */
export function projectOf(given: readonly GivenFile[], version: ProsodyVersion): Project | { readonly problem: string } {
  const wanted = given.filter(({ path }) => isWanted(path)).sort((a, b) => (a.path < b.path ? -1 : 1));
  const entry = mainFile(wanted.map(({ path }) => path));
  if (entry === undefined)
    return { problem: 'There is no configuration of Prosody in it: no file whose name ends in `.lua`. Nothing was opened.' };
  const place = placer(entry);
  const files: Record<string, MemoryFile> = {};
  for (const { path, bytes } of wanted) files[place(path)] = decode(bytes);
  return { files: withLinks(files), entry: place(entry), version };
}

/**
 * A browser follows links and does not tell of them. A file of `conf.d` that is the same as its namesake in `conf.avail` was one,
 * as Debian has it.
 */
function withLinks(files: Readonly<Record<string, MemoryFile>>): Record<string, MemoryFile> {
  const linked = Object.entries(files).map(([path, content]): [string, MemoryFile] => {
    const twin = path.replace(/\/conf\.d\/(?=[^/]+$)/, '/conf.avail/');
    const isLink = twin !== path && Object.hasOwn(files, twin) && files[twin] === content;
    return [path, isLink ? { link: `../conf.avail/${path.slice(path.lastIndexOf('/') + 1)}` } : content];
  });
  return Object.fromEntries(linked);
}

/** `prosody.cfg.lua` that lies highest, else another file of Lua that does, else the only file. */
function mainFile(paths: readonly string[]): string | undefined {
  const depth = (path: string) => path.split('/').length;
  const highest = [...paths].sort((a, b) => depth(a) - depth(b));
  const ends = (ending: RegExp) => highest.find(path => ending.test(path));
  return (
    ends(/(?:^|\/)prosody\.cfg\.lua$/) ??
    ends(/\.cfg\.lua$/) ??
    ends(/\.lua(?:\.j2|\.tmpl|\.tpl)?$/) ??
    (paths.length === 1 ? paths[0] : undefined)
  );
}

/** Where a given path lies on the machine: below `/etc` as it says itself, else beside the main file. */
function placer(entry: string): (path: string) => string {
  const etc = /^(?:.*\/)?(?=etc\/)/.exec(entry)?.[0];
  if (etc !== undefined) return path => `/${path.startsWith(etc) ? path.slice(etc.length) : path}`;
  const folder = entry.slice(0, entry.lastIndexOf('/') + 1);
  return path => (path.startsWith(folder) ? `${HOME}/${path.slice(folder.length)}` : `/${path}`);
}

/**
 * The files of `conf.avail` that may be linked in `conf.d`, where the browser has left all links out, as some do with what is
 * dropped; none where there is a `conf.d`, or no `conf.avail`. Which of them were linked nobody can tell but who knows the machine.
 */
export function unlinkedFiles({ files }: Project): string[] {
  const paths = Object.keys(files);
  if (paths.some(path => path.includes('/conf.d/'))) return [];
  return paths.filter(path => /\/conf\.avail\/[^/]+\.cfg\.lua$/.test(path));
}

/** The project with files of `conf.avail` linked in `conf.d`. */
export function withLinksTo(project: Project, linked: readonly string[]): Project {
  const links = linked.map((path): [string, MemoryFile] => [
    path.replace('/conf.avail/', '/conf.d/'),
    { link: `../conf.avail/${path.slice(path.lastIndexOf('/') + 1)}` },
  ]);
  return { ...project, files: { ...project.files, ...Object.fromEntries(links) } };
}
