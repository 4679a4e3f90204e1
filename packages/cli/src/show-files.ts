// `prosodist show --files`: the files of a tree in the order in which Prosody reads them, and who includes them.
import {
  type Configuration,
  type FileProblem,
  type FileSystem,
  folderOf,
  type Include,
  type Json,
  judge,
  normalize,
} from '@prosodist/core';
import type { Context, Target } from './context.js';
import { lineText, originJson } from './origins.js';
import { shownPath, visible, widthOf } from './visible.js';

/** One reading of a file; a file that is included twice is read twice. */
interface ReadFile {
  readonly path: string;
  /** The file that a link leads to, where the path has one. */
  readonly target: string | null;
  /** Null for the entry file. */
  readonly include: Include | null;
  /** How many includes lead to it. */
  readonly depth: number;
  /** Why it cannot be read, where it cannot. */
  readonly problem: FileProblem | null;
}

/** An include of a wildcard that matches nothing. */
interface EmptyInclude {
  readonly include: Include;
  readonly depth: number;
}

export interface FilesRead {
  readonly read: readonly (ReadFile | EmptyInclude)[];
  /** Files of conf.avail that nothing includes, and the folder that they would be linked into. */
  readonly unlinked: readonly { readonly file: string; readonly linkFolder: string }[];
}

/** In: a tree and its reading. Out: its files, one that is included behind the one that includes it. */
export function filesRead(context: Context, { files, entry, complete }: Target, configuration: Configuration): FilesRead {
  const read: (ReadFile | EmptyInclude)[] = [];
  const waiting = [...configuration.includes];
  const reading = (path: string, include: Include | null, depth: number) => {
    read.push({ path, target: targetOf(files, entry, path), include, depth, problem: problemOf(files, configuration, path) });
    while (waiting[0]?.origin.file === path) take(waiting.shift()!, depth + 1);
  };
  const take = (include: Include, depth: number) => {
    if (include.files.length === 0) read.push({ include, depth });
    for (const file of include.files) reading(file, include, depth);
  };
  reading(entry, null, 0);
  // an include that another file's function runs is nobody's child
  while (waiting[0]) take(waiting.shift()!, 1);
  const { unlinked } = judge(files, configuration, { prosody: context.prosody, complete, rules: [] });
  return { read, unlinked: unlinked.map(({ file, linkFolder }) => ({ file, linkFolder })) };
}

function targetOf(files: FileSystem, entry: string, path: string): string | null {
  const folder = folderOf(path).replace(/\/+$/, '');
  if (!files.stat(path)?.link && !(folder !== '' && path !== entry && files.stat(folder)?.link)) return null;
  const real = files.realPath(path);
  // below the entry's folder it is said from there, as the other paths are
  const home = `${normalize(files.realPath(folderOf(entry) || '.'))}/`;
  return real.startsWith(home) ? `${folderOf(entry)}${real.slice(home.length)}` : real;
}

function problemOf(files: FileSystem, { documents }: Configuration, path: string): FileProblem | null {
  if (documents.has(path)) return null;
  const read = files.readFile(path);
  return read.ok ? null : read.problem;
}

export function filesJson(configuration: Configuration, { read, unlinked }: FilesRead): { [key: string]: Json } {
  const by = ({ pattern, origin }: Include) => ({ pattern, ...originJson(configuration, origin) });
  return {
    read: read.flatMap((file): Json[] =>
      'path' in file
        ? [
            {
              file: shownPath(file.path),
              target: file.target === null ? null : shownPath(file.target),
              include: file.include && by(file.include),
              problem: file.problem,
            },
          ]
        : [],
    ),
    empty: read.flatMap((file): Json[] => ('path' in file ? [] : [by(file.include)])),
    unlinked: unlinked.map(({ file, linkFolder }) => ({ file: shownPath(file), folder: shownPath(linkFolder) })),
  };
}

/** The tree as an indented list. */
export function filesText({ colours }: Context, configuration: Configuration, { read, unlinked }: FilesRead): string {
  const heads = read.map(file => {
    const indent = '    '.repeat(file.depth);
    return 'path' in file ? indent + visible(shownPath(file.path)) : `${indent}(no file)`;
  });
  const pad = Math.min(60, Math.max(...heads.map(widthOf)));
  const lines = read.map((file, at) => {
    const head = heads[at]!;
    const by =
      file.include && `Include ${visible(JSON.stringify(file.include.pattern))}, ${lineText(configuration, file.include.origin)}`;
    const link = 'path' in file && file.target !== null ? `the file is ${visible(shownPath(file.target))}` : null;
    const said = [by, link].filter(part => part !== null).join('; ');
    const problem = 'path' in file && file.problem !== null ? colours.red(`: it ${PROBLEMS[file.problem]}`) : '';
    const note = said === '' ? '' : `${' '.repeat(Math.max(0, pad - widthOf(head)))}  ${colours.dim(`-- ${said}`)}`;
    return `${head}${note}${problem}`;
  });
  const rest = unlinked.map(({ file, linkFolder }) => {
    const missing = colours.dim(`-- no link in ${visible(shownPath(linkFolder))}`);
    return `    ${visible(shownPath(file))}  ${missing}`;
  });
  return [...lines, ...(rest.length > 0 ? ['', colours.bold('Not included'), ...rest] : [])].join('\n');
}

const PROBLEMS: Readonly<Record<FileProblem, string>> = {
  missing: 'is not there',
  directory: 'is a folder',
  denied: 'must not be read',
  special: 'is no regular file',
  'too large': 'is too large',
  'not a directory': 'leads through a file',
  loop: 'is a link that leads to itself',
};
