import type { Output } from './io.js';
import { CommandError } from './status.js';

/** Somebody who can be asked. */
export interface Terminal {
  /**
   * Asks for one line. `hidden` shows nothing of what is typed.
   * @throws CommandError when there will be no answer (Ctrl-C, Ctrl-D)
   */
  ask(question: string, options?: { readonly hidden?: boolean }): Promise<string>;
}

/**
 * The terminal of a process; undefined where input or output is none. Questions go to standard error, where all is that is no
 * result.
 */
export function terminalOf(
  stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean },
  stderr: Output & { readonly isTTY?: boolean },
): Terminal | undefined {
  if (stdin.isTTY !== true || stderr.isTTY !== true) return undefined;
  return { ask: (question, { hidden = false } = {}) => askOnce(stdin, stderr, question, hidden) };
}

/** A reader for each question: between them the terminal is as it was, and what is typed too early waits in it. */
async function askOnce(stdin: NodeJS.ReadableStream, stderr: Output, question: string, hidden: boolean): Promise<string> {
  // loaded when somebody is asked: most runs ask nobody, and these take as long to load as the rest of the program
  const { createInterface } = process.getBuiltinModule('node:readline/promises');
  const { Writable } = process.getBuiltinModule('node:stream');
  let silent = false;
  const output = new Writable({
    write(chunk, _encoding, done) {
      if (!silent) stderr.write(chunk as Uint8Array);
      done();
    },
  });
  const reader = createInterface({ input: stdin, output, terminal: true, historySize: 0 });
  const stop = new AbortController();
  reader.once('close', () => stop.abort());
  try {
    const answer = reader.question(question, { signal: stop.signal });
    silent = hidden;
    return await answer;
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    throw new CommandError('stopped; nothing was written', 130);
  } finally {
    silent = false;
    if (hidden || stop.signal.aborted) stderr.write('\n');
    reader.close();
  }
}
