import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from '../../src/index.js';

export interface Result {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What was written, byte for byte. */
  readonly bytes: Buffer;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
  readonly isTTY?: boolean;
  readonly stderrIsTTY?: boolean;
  readonly signal?: AbortSignal;
  /** Called for each piece of standard output, while the command runs. */
  readonly onOutput?: (text: string) => void;
  /** Do not take Prosody 13.0 where the arguments do not say. */
  readonly anyProsody?: boolean;
}

/** Runs a command in this process. Prosody 13.0 is taken unless the arguments say, so that what is installed does not matter. */
export async function prosodist(argv: readonly string[], options: RunOptions = {}): Promise<Result> {
  const [out, err]: [Uint8Array[], Uint8Array[]] = [[], []];
  const collector = (parts: Uint8Array[]) => ({
    write: (chunk: string | Uint8Array) => parts.push(Buffer.from(chunk as string)),
  });
  const versioned = argv.length > 0 && !argv.includes('--prosody') && !options.anyProsody ? ['--prosody', '13.0', ...argv] : argv;
  const status = await run(versioned, {
    stdout: {
      write: chunk => {
        collector(out).write(chunk);
        options.onOutput?.(chunk.toString());
      },
    },
    stderr: collector(err),
    stdin: input(options.stdin),
    env: options.env ?? {},
    cwd: options.cwd ?? process.cwd(),
    isTTY: options.isTTY ?? false,
    ...(options.stderrIsTTY && { stderrIsTTY: true }),
    ...(options.signal && { signal: options.signal }),
  });
  const bytes = Buffer.concat(out);
  return { status, stdout: bytes.toString(), stderr: Buffer.concat(err).toString(), bytes };
}

async function* input(text: string | Uint8Array = ''): AsyncGenerator<string | Uint8Array> {
  yield text;
}

/** A file's content, or where a link points. */
export type TreeFile = string | Uint8Array | { readonly link: string };

/** A folder with these files, for the time of one action. */
export async function withTree<Answer>(
  files: Readonly<Record<string, TreeFile>>,
  action: (folder: string) => Promise<Answer> | Answer,
): Promise<Answer> {
  const folder = mkdtempSync(join(tmpdir(), 'prosodist-'));
  try {
    for (const [name, file] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      if (typeof file === 'object' && 'link' in file) symlinkSync(file.link, join(folder, name));
      else writeFileSync(join(folder, name), file);
    }
    return await action(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A copy of a folder, for the time of one action. */
export async function withCopy<Answer>(source: string, action: (folder: string) => Promise<Answer>): Promise<Answer> {
  return withTree({}, async folder => {
    cpSync(source, folder, { recursive: true, verbatimSymlinks: true });
    return action(folder);
  });
}
