// The language server of a web page: the worker that is shipped, started by a real browser, and spoken to as the extension does.
import type { Page } from 'playwright-core';

/** What is at a path of the editor's file system: a text, or the names in a folder. */
export type Tree = Readonly<Record<string, string | readonly string[]>>;

/** What the page has under the name `server`. */
interface Spoken {
  readonly asked: string[][];
  readonly failures: string[];
  readonly edits: unknown[];
  files: Tree;
  request(method: string, params: unknown): Promise<unknown>;
  notify(method: string, params: unknown): void;
}

/** A session with the worker. Each call is a message; the answers are as they came. */
export interface WorkerSession {
  request<Answer>(method: string, params: unknown): Promise<Answer>;
  notify(method: string, params: unknown): Promise<void>;
  /** The paths that the worker has asked for, a list for each request. */
  asked(): Promise<string[][]>;
  /** The edits that it wanted made. */
  edits(): Promise<unknown[]>;
  /** Errors of the worker that nobody caught. */
  failures(): Promise<string[]>;
  /** What the editor's files are from now on; nobody is told. */
  become(files: Tree): Promise<void>;
  /** Ends the worker. */
  end(): Promise<void>;
}

/** The script of the page: one worker, requests by number. It is a text, because the browser gets it as it stands. */
const CLIENT = `(script, files) => {
  const worker = new Worker(script);
  const waiting = new Map();
  let last = 0;
  const server = globalThis.server = {
    files, worker, asked: [], failures: [], edits: [],
    request: (method, params) => new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject });
      worker.postMessage({ jsonrpc: '2.0', id: last, method, params });
    }),
    notify: (method, params) => worker.postMessage({ jsonrpc: '2.0', method, params }),
  };
  const look = path => {
    const seen = server.files[path];
    return seen === undefined ? null : typeof seen === 'string' ? { text: seen } : { names: seen };
  };
  const answers = {
    'prosodist/files': ({ paths }) => { server.asked.push(paths); return paths.map(look); },
    'workspace/applyEdit': ({ edit }) => { server.edits.push(edit); return { applied: true }; },
    'workspace/configuration': ({ items }) => items.map(() => ({})),
  };
  worker.onerror = ({ message }) => server.failures.push(message);
  worker.onmessage = ({ data }) => {
    if (data.method === 'window/logMessage' && data.params.type === 1) server.failures.push(data.params.message);
    if (data.method && data.id !== undefined)
      worker.postMessage({ jsonrpc: '2.0', id: data.id, result: answers[data.method]?.(data.params) ?? null });
    if (data.method) return;
    const { resolve, reject } = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.error) reject(new Error(data.error.message)); else resolve(data.result);
  };
}`;

/**
 * Starts the worker in a page.
 * @param script address of the worker, of the page's own origin
 * @param files what the editor has; a folder has the names in it
 */
export async function startWorker(page: Page, script: string, files: Tree): Promise<WorkerSession> {
  await page.evaluate(`(${CLIENT})(${JSON.stringify(script)}, ${JSON.stringify(files)})`);
  const call = (expression: string) => page.evaluate(expression);
  const args = (...given: unknown[]) => given.map(value => JSON.stringify(value)).join(', ');
  const read = <Key extends keyof Spoken>(key: Key) => call(`server.${key}`) as Promise<Spoken[Key]>;
  return {
    request: <Answer>(method: string, params: unknown) => call(`server.request(${args(method, params)})`) as Promise<Answer>,
    notify: (method, params) => call(`server.notify(${args(method, params)})`) as Promise<void>,
    asked: () => read('asked'),
    edits: () => read('edits'),
    failures: () => read('failures'),
    become: async files => void (await call(`server.files = ${JSON.stringify(files)}; undefined`)),
    end: async () => void (await call('server.worker.terminate()')),
  };
}
