import { type ChildProcess, spawn } from 'node:child_process';

const minute = 60_000;

/** A program in a process group of its own, so that it ends with all that it started, also when the test run is broken off. */
export class Program {
  readonly #process: ChildProcess;
  readonly #kill = () => this.#signal('SIGKILL');
  #output = '';

  constructor(file: string, args: string[], env: NodeJS.ProcessEnv) {
    this.#process = spawn(file, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#process.stdout, this.#process.stderr])
      stream?.setEncoding('utf8').on('data', text => this.#print(text));
    process.once('exit', this.#kill);
  }

  /** Waits for output that matches. */
  prints(pattern: RegExp, what: string): Promise<RegExpExecArray> {
    return this.#wait(what, () => pattern.exec(this.#output));
  }

  /** Waits for the program's end, which has to be a success. */
  async ends(what: string): Promise<void> {
    await this.#wait(what, status => (status === 0 ? true : null));
  }

  /** Ends the program and its children, politely first, and waits until none is left. */
  async stop(): Promise<void> {
    process.off('exit', this.#kill);
    for (let tries = 0; tries < 100; tries++) {
      if (!this.#signal(tries === 0 ? 'SIGTERM' : tries === 60 ? 'SIGKILL' : 0)) return;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }

  #print(text: string): void {
    this.#output += text;
    this.#process.emit('printed');
  }

  // Looks again at each output and at the end (the status is null before); what went wrong is told with all that was printed.
  #wait<Found>(what: string, look: (status: number | null) => Found | null): Promise<Found> {
    return new Promise((resolve, reject) => {
      const fail = (why: string) => reject(new Error(`${what}: ${why}\n${this.#output}`));
      const timer = setTimeout(() => fail('no answer within a minute'), minute);
      const check = (end?: string) => {
        const found = look(this.#process.exitCode);
        if (found !== null) resolve(found);
        else if (end) fail(end);
        if (found !== null || end) clearTimeout(timer);
      };
      this.#process.on('printed', () => check());
      this.#process.once('error', error => check(error.message));
      this.#process.once('close', status => check(`it ended with status ${status}`));
      check();
    });
  }

  #signal(signal: NodeJS.Signals | 0): boolean {
    try {
      return this.#process.pid !== undefined && process.kill(-this.#process.pid, signal);
    } catch {
      return false; // the group is gone
    }
  }
}
