import type { Answer, Kind, Question, Questions } from '../protocol.js';

/** Longer than this nothing may take: then the worker is ended, and begins anew with the next configuration. */
const LIMIT = 20_000;

interface Waiting {
  readonly settle: (answer: Answer) => void;
  readonly timer: number;
}

/** The page's way to its worker. */
export class Client {
  private worker: Promise<Worker>;
  private number = 0;
  private readonly waiting = new Map<number, Waiting>();

  /** @param url where the worker's script is, once it is known */
  constructor(private readonly url: Promise<string>) {
    this.worker = this.start();
  }

  /** Asks, and gives the answer. Rejects where the worker fails, or has not answered within 20 s. */
  ask<Name extends Kind>(kind: Name, ask: Questions[Name]['ask']): Promise<Questions[Name]['answer']> {
    this.number += 1;
    const number = this.number;
    return new Promise((resolve, reject) => {
      const settle = (answer: Answer) => {
        // the worker answers what its types say
        if ('answer' in answer) resolve(answer.answer as Questions[Name]['answer']);
        else reject(new Error(answer.failure));
      };
      this.waiting.set(number, { settle, timer: window.setTimeout(() => this.giveUp(), LIMIT) });
      void this.worker.then(worker => worker.postMessage({ number, kind, ask } satisfies Question));
    });
  }

  private async start(): Promise<Worker> {
    const worker = new Worker(await this.url);
    worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => this.take(data));
    worker.addEventListener('error', event => this.fail(event.message || 'the worker does not start'));
    return worker;
  }

  private take(answer: Answer): void {
    const waiting = this.waiting.get(answer.number);
    if (!waiting) return;
    this.waiting.delete(answer.number);
    window.clearTimeout(waiting.timer);
    waiting.settle(answer);
  }

  private giveUp(): void {
    void this.worker.then(worker => worker.terminate());
    this.worker = this.start();
    this.fail(`this takes longer than ${LIMIT / 1000} seconds; open the configuration again, or a smaller one`);
  }

  private fail(failure: string): void {
    for (const number of [...this.waiting.keys()]) this.take({ number, failure });
  }
}
