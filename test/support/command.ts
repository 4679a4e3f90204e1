// The command line in this process.
import { run } from 'prosodist';

export interface Said {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command; Prosody 13.0 is taken, whatever is installed. */
export async function prosodist(
  argv: readonly string[],
  { env = {}, stdin = '' }: { readonly env?: Readonly<Record<string, string>>; readonly stdin?: string } = {},
): Promise<Said> {
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  const status = await run(['--prosody', '13.0', ...argv], {
    stdout: { write: chunk => out.push(Buffer.from(chunk as string)) },
    stderr: { write: chunk => err.push(Buffer.from(chunk as string)) },
    stdin: (async function* () {
      yield stdin;
    })(),
    env,
    cwd: process.cwd(),
    isTTY: false,
  });
  return { status, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() };
}
