import { spawn } from 'node:child_process';

const patience = 30_000;

/** What somebody types at a question, the first whose pattern the new output matches; each is used once. */
export type Answers = readonly (readonly [question: RegExp, answer: string])[];

/** Whether util-linux's script is here, which makes a terminal. */
export function terminal(): Record<string, never> | { missing: string } {
  return process.platform === 'linux' ? {} : { missing: 'script(1) of util-linux makes the terminal, so this needs Linux' };
}

/**
 * Runs a program in a real terminal and answers its questions in their order.
 * @returns all that the terminal showed, what was typed too where it was echoed, and the exit status
 */
export function sit(
  command: readonly string[],
  env: NodeJS.ProcessEnv,
  answers: Answers,
): Promise<{ shown: string; status: number }> {
  const line = command.map(word => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  const session = spawn('script', ['-qfec', line, '/dev/null'], {
    env: { ...env, TERM: 'dumb' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let shown = '';
  let seen = 0;
  const waiting = [...answers];
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      session.kill('SIGKILL');
      reject(new Error(`no question matched ${waiting[0]?.[0] ?? 'the end'}:\n${shown}`));
    }, patience);
    const read = (part: string) => {
      shown += part;
      const next = waiting[0];
      if (!next?.[0].test(shown.slice(seen))) return;
      waiting.shift();
      seen = shown.length;
      session.stdin.write(next[1]);
    };
    for (const stream of [session.stdout, session.stderr]) stream.setEncoding('utf8').on('data', read);
    session.once('error', reject);
    session.once('close', status => {
      clearTimeout(timer);
      if (waiting.length > 0) reject(new Error(`it ended with status ${status} before ${waiting[0]![0]}:\n${shown}`));
      else resolve({ shown, status: status ?? -1 });
    });
  });
}
