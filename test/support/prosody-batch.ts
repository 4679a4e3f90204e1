import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';

export type Answer = { readonly text: string } | { readonly problem: 'timeout' | 'crash'; readonly reason: string };

/** One process of test/oracle/batch.lua: a question at a time, an answer each; started again when a question was its end. */
export class Batch {
  readonly #command: [string, string[]];
  readonly #largest: number;
  #program: ChildProcessByStdio<Writable, Readable, Readable> | undefined;

  /** @param largest the most bytes that an answer may have */
  constructor(command: [string, string[]], largest: number) {
    this.#command = command;
    this.#largest = largest;
  }

  /** Asks what Prosody makes of an entry file; `fields` as the head of batch.lua says. */
  ask(fields: string[], milliseconds: number): Promise<Answer> {
    const program = this.#start();
    const chunks: Buffer[] = [];
    let errors = '';
    let expected: number | undefined;
    return new Promise(resolve => {
      const finish = (answer: Answer, over: boolean) => {
        clearTimeout(timer);
        program.stdout.off('data', onData);
        program.stderr.off('data', onError);
        program.off('close', onClose);
        if (over) this.stop();
        resolve(answer);
      };
      const onClose = () => finish({ problem: 'crash', reason: errors || 'Lua ended without a word' }, true);
      const onError = (data: Buffer) => {
        errors = (errors + data).slice(-4000);
      };
      const onData = (data: Buffer) => {
        chunks.push(data);
        let all = chunks.length > 1 ? Buffer.concat(chunks) : data;
        const newline = all.indexOf('\n');
        if (expected === undefined && newline >= 0) expected = Number(all.toString('latin1', 0, newline));
        if (expected === undefined) return;
        if (expected > this.#largest) return finish({ problem: 'crash', reason: `${expected} bytes of output` }, true);
        if (all.length - newline - 1 < expected) return;
        all = all.subarray(newline + 1);
        const text = all.toString('utf8');
        finish(text.startsWith('!') ? { problem: 'crash', reason: text.slice(1) } : { text }, false);
      };
      const timer = setTimeout(() => finish(tooLong(milliseconds), true), milliseconds);
      program.stdout.on('data', onData);
      program.stderr.on('data', onError);
      program.on('close', onClose);
      const question = Buffer.from(fields.map(field => `${field}\0`).join(''));
      program.stdin.write(Buffer.concat([Buffer.from(`${question.length}\n`), question]));
    });
  }

  /** Ends the process; the next question starts another. */
  stop(): void {
    this.#program?.kill('SIGKILL');
    this.#program = undefined;
  }

  #start() {
    if (this.#program) return this.#program;
    const [file, args] = this.#command;
    const program = spawn(file, args, { env: bareEnvironment({}), stdio: ['pipe', 'pipe', 'pipe'] });
    program.stdin.on('error', () => undefined); // it has ended: `close` says so
    // The test process can end while this one waits for a question, and then takes it along.
    program.unref();
    for (const stream of [program.stdin, program.stdout, program.stderr]) if (stream instanceof Socket) stream.unref();
    this.#program = program;
    return program;
  }
}

/** What is said of a configuration that does not come to an end. */
export function tooLong(milliseconds: number): Answer {
  return { problem: 'timeout', reason: `no end after ${milliseconds / 1000} s` };
}

/** An environment with nothing of this machine in it. */
export function bareEnvironment(more: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', HOME: '/', LANG: 'C.UTF-8', ...more };
}
