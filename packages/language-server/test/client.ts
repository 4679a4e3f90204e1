// An editor for tests: it speaks the protocol with the built server in a process of its own, and reads every message.
import { strict as assert } from 'node:assert';
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import type { ClientCapabilities, Diagnostic, InitializeResult, PublishDiagnosticsParams } from 'vscode-languageserver/node';

export type Transport = 'stdio' | 'ipc';

const SERVER = fileURLToPath(new URL('../dist/main.cjs', import.meta.url));
const PATIENCE = 10_000;

/** A client that is sent its diagnostics and can do everything else. */
export const PUSH: ClientCapabilities = {
  workspace: {
    configuration: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
  },
  textDocument: {
    hover: { contentFormat: ['markdown', 'plaintext'] },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix', 'refactor', 'source'] } } },
    publishDiagnostics: { relatedInformation: true, versionSupport: true, codeDescriptionSupport: true },
  },
};

/** One that asks for its diagnostics. */
export const PULL: ClientCapabilities = {
  workspace: { ...PUSH.workspace, diagnostics: { refreshSupport: true } },
  textDocument: { ...PUSH.textDocument, diagnostic: { dynamicRegistration: false, relatedDocumentSupport: true } },
};

/** One that makes the edits that the server asks for, as VS Code does. */
export const ASKED: ClientCapabilities = { ...PULL, workspace: { ...PULL.workspace, applyEdit: true } };

export interface Message {
  readonly method: string;
  readonly params: unknown;
}

export interface ClientOptions {
  readonly capabilities?: ClientCapabilities;
  readonly folder?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly transport?: Transport;
  readonly initializationOptions?: unknown;
}

export class Client {
  /** What the server has registered after the start. */
  readonly registered: string[] = [];
  initialized!: InitializeResult;
  /** Milliseconds that the client takes to answer for its settings. */
  slowness = 0;
  readonly #unread: Message[] = [];
  readonly #waiting = new Set<() => void>();
  #stderr = '';

  private constructor(
    readonly process: ChildProcess,
    readonly connection: MessageConnection,
    public settings: Readonly<Record<string, unknown>>,
  ) {
    process.stderr?.setEncoding('utf8').on('data', text => {
      this.#stderr += text;
    });
    connection.onRequest('workspace/configuration', async ({ items }: { items: unknown[] }) => {
      await new Promise(resolve => setTimeout(resolve, this.slowness));
      return items.map(() => this.settings);
    });
    connection.onRequest('client/registerCapability', ({ registrations }: { registrations: { method: string }[] }) => {
      this.registered.push(...registrations.map(({ method }) => method));
      for (const wake of this.#waiting) wake();
      return null;
    });
    connection.onRequest((method, params) => this.#keep(method, params) ?? null);
    connection.onNotification((method, params) => this.#keep(method, params));
    connection.listen();
  }

  static async start({ transport = 'stdio', ...options }: ClientOptions = {}): Promise<Client> {
    assert.ok(existsSync(SERVER), `${SERVER} is not built: npm run build`);
    const ipc = transport === 'ipc';
    const child = ipc
      ? fork(SERVER, ['--node-ipc'], { silent: true, execArgv: [] })
      : spawn(process.execPath, [SERVER, '--stdio']);
    const reader = ipc ? new IPCMessageReader(child) : new StreamMessageReader(child.stdout!);
    const writer = ipc ? new IPCMessageWriter(child) : new StreamMessageWriter(child.stdin!);
    const client = new Client(child, createMessageConnection(reader, writer), options.settings ?? {});
    client.initialized = await client.request('initialize', {
      processId: process.pid,
      rootUri: options.folder ? pathToFileURL(options.folder).href : null,
      workspaceFolders: options.folder ? [{ uri: pathToFileURL(options.folder).href, name: 'folder' }] : null,
      capabilities: options.capabilities ?? PUSH,
      initializationOptions: options.initializationOptions,
    });
    await client.notify('initialized', {});
    return client;
  }

  #keep(method: string, params: unknown): undefined {
    this.#unread.push({ method, params });
    for (const wake of this.#waiting) wake();
  }

  request<Answer>(method: string, params: unknown): Promise<Answer> {
    return this.connection.sendRequest(method, params);
  }

  notify(method: string, params: unknown): Promise<void> {
    return params === undefined ? this.connection.sendNotification(method) : this.connection.sendNotification(method, params);
  }

  open(uri: string, text: string, version = 1, languageId = 'prosody'): Promise<void> {
    return this.notify('textDocument/didOpen', { textDocument: { uri, languageId, version, text } });
  }

  /** Replaces the whole text. */
  change(uri: string, text: string, version: number): Promise<void> {
    return this.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] });
  }

  /** Waits until something holds. */
  async until<Answer>(what: string, ask: () => Answer | undefined): Promise<Answer> {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const answer = ask();
      if (answer !== undefined) return answer;
      assert.ok(Date.now() < end, `${what} did not come; unread: ${JSON.stringify(this.#unread)}`);
      await new Promise<void>(resolve => {
        const wake = () => {
          clearTimeout(timer);
          this.#waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, 100);
        this.#waiting.add(wake);
      });
    }
  }

  /** Takes the next message of a method out of the unread ones, once there is one that fits. */
  take(method: string, fits: (params: never) => boolean = () => true): Promise<unknown> {
    return this.until(method, () => {
      const at = this.#unread.findIndex(message => message.method === method && fits(message.params as never));
      return at < 0 ? undefined : { params: this.#unread.splice(at, 1)[0]!.params };
    }).then(({ params }) => params);
  }

  /** Takes what has come of a method so far. */
  takeAll(method: string): unknown[] {
    const found = this.#unread.filter(message => message.method === method);
    this.#unread.splice(0, Number.POSITIVE_INFINITY, ...this.#unread.filter(message => message.method !== method));
    return found.map(({ params }) => params);
  }

  /** The diagnostics that were sent for a version of a document (null: a file that is not open). */
  async published(uri: string, version: number | null): Promise<Diagnostic[]> {
    const fits = (params: PublishDiagnosticsParams) => params.uri === uri && (params.version ?? null) === version;
    const { diagnostics } = (await this.take('textDocument/publishDiagnostics', fits)) as PublishDiagnosticsParams;
    return diagnostics;
  }

  /** Ends the session as an editor does, and looks whether the server has said anything that nobody has read. */
  async close(): Promise<void> {
    const ended = new Promise<number | null>(resolve => this.process.once('exit', resolve));
    await this.request('shutdown', null);
    await this.notify('exit', undefined);
    const status = await ended;
    this.connection.dispose();
    assert.deepEqual(this.#unread, [], 'unread messages');
    assert.equal(this.#stderr, '');
    assert.equal(status, 0);
  }

  /** Makes an end of a server that a failed test has left behind. */
  kill(): void {
    this.process.kill('SIGKILL');
  }
}
