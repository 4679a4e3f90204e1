import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { connect, Socket } from 'node:net';
import { join } from 'node:path';
import { labsFolder } from '../labs.js';
import { bareEnvironment } from '../prosody-batch.js';

const most = 20_000;
let folders = 0;

// One listener for all: there are more servers than Node finds normal.
const atEnd = new Set<() => void>();
process.once('exit', () => {
  for (const work of atEnd) work();
});

/** A server that runs in the foreground. It ends with this process, also when this one is killed. */
export class Daemon {
  readonly #process: ChildProcess;
  readonly #kill = () => this.#process.kill('SIGKILL');
  #output = '';
  #ended = false;

  /** @param command a program that stays in the foreground and starts no others that outlive it */
  constructor(command: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const [file, ...args] = command;
    this.#process = spawn(file!, args, { env: bareEnvironment(env), stdio: ['ignore', 'pipe', 'pipe'] });
    // The test process may end while the server runs, and takes it along.
    this.#process.unref();
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      if (stream instanceof Socket) stream.unref();
      stream?.setEncoding('utf8').on('data', text => {
        this.#output += text;
      });
    }
    this.#process.once('error', error => this.#finish(error.message));
    this.#process.once('close', status => this.#finish(`\nit ended with status ${status}`));
    atEnd.add(this.#kill);
  }

  /** What it has printed so far, on both streams. */
  get output(): string {
    return this.#output;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Waits until it takes connections there; an error with all that it printed when it ends before. */
  async listensAt(host: string, port: number): Promise<void> {
    for (const start = Date.now(); Date.now() - start < most; await sleep(20)) {
      if (this.#ended) throw new Error(`${this.#process.spawnargs.join(' ')}: ${this.#output}`);
      if (await answers(host, port)) return;
    }
    throw new Error(`${this.#process.spawnargs.join(' ')}: nothing at ${host}:${port} after ${most / 1000} s\n${this.#output}`);
  }

  /** Ends it, without ceremony: nothing of it is used again. */
  async stop(): Promise<void> {
    atEnd.delete(this.#kill);
    this.#kill();
    while (!this.#ended) await sleep(5);
  }

  #finish(why: string): void {
    this.#ended = true;
    this.#output += why;
  }
}

/** A command that is killed when the process that started it ends, however that ended. */
export function mortal(...command: string[]): string[] {
  return ['setpriv', '--pdeathsig', 'KILL', ...command];
}

/** An empty folder that goes when this process ends (one that was killed leaves it to the next, see makeRoot). */
export function ownFolder(name: string): string {
  const folder = labsFolder('roots', `${process.pid}-${name}-${folders++}`);
  mkdirSync(folder, { recursive: true });
  atEnd.add(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Waits that long. */
export function sleep(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}

/** A path in a folder that is made with it. */
export function subfolder(...parts: string[]): string {
  const folder = join(...parts);
  mkdirSync(folder, { recursive: true });
  return folder;
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ host, port });
    const say = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => say(true)).once('error', () => say(false));
  });
}
