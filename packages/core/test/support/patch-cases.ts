// The cases of test/fixtures/patch: a tree, operations, and what becomes of it. Its README explains the form.
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type FileSystem,
  lineIndex,
  type MemoryFile,
  memoryFiles,
  type Operation,
  type Plan,
  plan,
  positionAt,
} from '../../src/index.js';

/** What stands at a path: a text, a link, or an empty folder. */
export type Spec = string | { link: string } | { directory: true };

export interface PatchCase {
  /** `A13`: the operation of the acceptance table. */
  readonly id: string;
  /** `one line`, `many lines`, `comments`, or `trap: …`. */
  readonly title: string;
  readonly versions: readonly ('0.12' | '13.0')[];
  /** Prosody does not start with this tree, before or behind, so that there is nothing to ask it. */
  readonly oursOnly: boolean;
  readonly files: Readonly<Record<string, Spec>>;
  readonly operations: readonly Operation[];
  /** `changed`, `already`, or `refused CODE FILE:LINE …`. */
  readonly outcome: string;
  /** What is at each path that changes: the text, `-> TARGET` of a link, or null for what goes. */
  readonly expected: Readonly<Record<string, string | null>>;
}

const folder = fileURLToPath(new URL('../../../../test/fixtures/patch/', import.meta.url));
export const FOLDER = '/etc/prosody/';
export const ENTRY = `${FOLDER}prosody.cfg.lua`;

export function caseFiles(): string[] {
  return readdirSync(folder)
    .filter(name => name.endsWith('.cases'))
    .sort()
    .map(name => folder + name);
}

export function patchCases(): PatchCase[] {
  return caseFiles().flatMap(file => readFileSync(file, 'utf8').split(/^=== /m).slice(1).map(parseCase));
}

export function parseCase(text: string): PatchCase {
  const [head = '', ...parts] = text.split(/^--- /m);
  const [first = '', ...notes] = head.trim().split('\n');
  const flags = new Set(notes.filter(note => /^@\S/.test(note)).map(note => note.slice(1)));
  const shape = (body: string, path: string) => {
    let shaped = body;
    if (flags.has('open')) shaped = shaped.replace(/\n$/, '');
    if (flags.has('crlf')) shaped = shaped.replaceAll('\n', '\r\n');
    return flags.has('bom') && path === 'prosody.cfg.lua' ? `\ufeff${shaped}` : shaped;
  };
  const files: Record<string, Spec> = {};
  const expected: Record<string, string | null> = {};
  let operations: Operation[] = [];
  let outcome = '';
  for (const [index, part] of parts.entries()) {
    const newline = part.indexOf('\n');
    const header = part.slice(0, newline).trim();
    // the blank line before the next case is none of the file's
    const body = part.slice(newline + 1).replace(index === parts.length - 1 ? /(\n|^)\n$/ : /(?!)/, '$1');
    const [, kind, path = ''] = /^([\w ]+): (.*)$/.exec(header) ?? [];
    if (header === 'operations') operations = JSON.parse(body) as Operation[];
    else if (kind === 'outcome') outcome = path;
    else if (kind === 'after') expected[path] = shape(body, path);
    else if (kind === 'gone') expected[path] = null;
    else if (kind === 'directory') files[path] = { directory: true };
    else if (kind === 'link') {
      const [link = '', target = ''] = path.split(' -> ');
      if (outcome === '') files[link] = { link: target };
      else expected[link] = `-> ${target}`;
    } else if (kind === 'file') files[path] = shape(body, path);
    else throw new Error(`${first}: no such part: ${header}`);
  }
  const [, id = '', title = ''] = /^(A\d\d) (.*)$/.exec(first) ?? [];
  return {
    id,
    title,
    versions: flags.has('versions 13.0') ? ['13.0'] : ['0.12', '13.0'],
    oursOnly: flags.has('only ours'),
    files,
    operations,
    outcome,
    expected,
  };
}

/** The tree of a case as our own file system. */
export function treeOf(files: Readonly<Record<string, Spec>>): Record<string, MemoryFile> {
  return Object.fromEntries(
    Object.entries(files).map(([path, spec]) => {
      const full = posix.resolve(FOLDER, path);
      return typeof spec === 'object' && 'directory' in spec ? [`${full}/.keep`, ''] : [full, spec];
    }),
  );
}

/** What a plan says, in the form of the cases. */
export function resultOf(
  one: PatchCase,
  prosody: '0.12' | '13.0' = '13.0',
): Pick<PatchCase, 'outcome' | 'expected'> & { plan: Plan } {
  const files = memoryFiles(treeOf(one.files));
  const made = plan(files, ENTRY, one.operations, { prosody });
  const last = made.outcomes.at(-1)!;
  const changes = made.outcomes.some(outcome => outcome.status === 'changed');
  const outcome = made.ok
    ? changes
      ? 'changed'
      : 'already'
    : ['refused', last.code, ...last.at.map(at => placeIn(files, at))].join(' ');
  const expected: Record<string, string | null> = {};
  for (const { file, after } of made.files) expected[posix.relative(FOLDER, file)] = after;
  for (const { path, target } of made.links) expected[posix.relative(FOLDER, path)] = `-> ${target}`;
  for (const path of made.removes) expected[posix.relative(FOLDER, path)] = null;
  return { outcome, expected, plan: made };
}

function placeIn(files: FileSystem, { file, start }: { file: string; start: number }): string {
  const read = files.readFile(file);
  const { line } = positionAt(lineIndex(read.ok ? read.text : ''), start);
  return `${posix.relative(FOLDER, file)}:${line}`;
}

/** The tree as a plan leaves it. */
export function afterPlan(
  files: Readonly<Record<string, MemoryFile>>,
  { files: changed, links, removes }: Plan,
): Record<string, MemoryFile> {
  const after = { ...files };
  for (const path of removes) delete after[path];
  for (const { file, after: text } of changed) after[file] = text;
  for (const { path, target } of links) after[path] = { link: target };
  return after;
}
