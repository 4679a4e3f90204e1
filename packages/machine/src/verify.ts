import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { WriteError } from './write/error.js';
import type { StagedTree } from './write/staged-tree.js';

/** Bytes of output that are read. */
const MOST_OUTPUT = 4 * 1024 * 1024;
/** Characters of a command's output that are shown, from its end. */
const SHOWN = 4000;

/**
 * Has a command judge the tree as it would be, before anything is written. The user named the command; nothing else is ever
 * started here, and no shell reads it. `%s` stands for each changed or new file, one run a file; without it there is one run.
 * `luac` is the installed compiler of Lua on each file, `prosodyctl` is Prosody's own check of the whole tree.
 * @throws WriteError `refused` when it fails, or is not there
 */
export function verify(command: string, tree: StagedTree, cwd: string): void {
  for (const { words, about } of runsOf(command, tree)) {
    const [program, ...args] = words;
    const result = spawnSync(program!, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: MOST_OUTPUT, shell: false });
    if (result.error) throw refusal(command, `cannot be started (${WriteError.from(result.error).message})`);
    if (result.status === 0) continue;
    const how = result.status === null ? `was ended by ${result.signal}` : `ended with status ${result.status}`;
    const output = `${result.stdout}${result.stderr}`.replaceAll(tree.folder, tree.original).replaceAll('\t', '    ').trim();
    throw refusal(command, how + (about === undefined ? '' : ` on ${about}`), output);
  }
}

function refusal(command: string, what: string, output = ''): WriteError {
  const shown = output.length > SHOWN ? `…${output.slice(-SHOWN)}` : output;
  return new WriteError('refused', `\`${command}\` ${what}; nothing was written${shown === '' ? '' : `\n${shown}`}`, undefined, {
    command,
  });
}

interface Run {
  readonly words: readonly string[];
  /** The file that it is about, where it is about one. */
  readonly about?: string;
}

function runsOf(command: string, { files, entry }: StagedTree): Run[] {
  if (command === 'prosodyctl') return [{ words: ['prosodyctl', '--config', entry, 'check', 'config'] }];
  const words = command === 'luac' ? [installedLuac(), '-p', '%s'] : splitWords(command);
  if (!words.some(word => word.includes('%s'))) return [{ words }];
  // Jitsi's and libldap's files may be among them, which are no Lua
  const read = command === 'luac' ? files.filter(({ file }) => file.endsWith('.lua')) : files;
  return read.map(({ copy, file }) => ({ words: words.map(word => word.replaceAll('%s', () => copy)), about: file }));
}

/** The compilers that read a configuration as Prosody's Lua does, the nearest first. */
const COMPILERS = ['luac5.4', 'luac', 'luac5.3', 'luac5.2', 'luac5.1'];

function installedLuac(): string {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = COMPILERS.find(name => folders.some(folder => folder.startsWith('/') && isProgram(join(folder, name))));
  if (found === undefined) throw refusal('luac', 'is not installed');
  return found;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The words of a command, as a shell splits them: at blanks, except in quotes and behind a backslash. Nothing is expanded.
 * @throws WriteError `refused` for an open quote, or nothing at all
 */
export function splitWords(command: string): string[] {
  const words: string[] = [];
  const token = /\s*((?:\\[\s\S]|'[^']*'|"(?:\\[\s\S]|[^"\\])*"|[^\s\\'"])+)\s*/y;
  while (token.lastIndex < command.length) {
    const [, word] = token.exec(command) ?? [];
    if (word === undefined) throw refusal(command, 'is no command: a quote is open');
    words.push(
      word.replace(
        /\\([\s\S])|'([^']*)'|"((?:\\[\s\S]|[^"\\])*)"/g,
        (_, one, single, double: string | undefined) => one ?? single ?? double!.replace(/\\(["\\$`])/g, '$1'),
      ),
    );
  }
  if (words.length === 0) throw refusal(command, 'is no command');
  return words;
}
