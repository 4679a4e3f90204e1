import type { Overview } from '@prosodist/language-server';
import {
  type CancellationToken,
  type Disposable,
  type Event,
  EventEmitter,
  type LogOutputChannel,
  l10n,
  languages,
  ProgressLocation,
  type TextDocument,
  Uri,
  window,
  workspace,
} from 'vscode';
import { type BaseLanguageClient, type LanguageClientOptions, State, type StaticFeature } from 'vscode-languageclient';
import { documentSelector, isOurs, openConfiguration } from './documents.js';
import { restarts } from './restarts.js';

/** Makes a client of the language server; the desktop and the web page each have their way. */
export type MakeClient = (options: LanguageClientOptions) => BaseLanguageClient;

/** The language server, and what it last said of the configuration that is looked at. */
export interface Session extends Disposable {
  readonly output: LogOutputChannel;
  /** Null until the server has said it, and where no configuration is open. */
  readonly overview: Overview | null;
  /** Whether the directory answered when it was last asked: null where it was not asked. */
  directory: boolean | null;
  readonly state: State;
  /** The state of the server, or the overview, has changed. */
  readonly onDidChange: Event<void>;
  start(): Promise<void>;
  restart(): Promise<void>;
  /** Reads the overview again, soon. */
  refresh(): void;
  request<Answer>(method: string, params: object, token?: CancellationToken): Promise<Answer>;
  /** The same with a notification that tells how far it is, and that can be cancelled. */
  watched<Answer>(title: string, method: string, params: object): Promise<Answer>;
  /** The configuration that is meant: the one in the editor, else one that is open or found in the folder. */
  configuration(): Promise<TextDocument | undefined>;
}

/** Milliseconds after the last change until the overview is read again. */
const CALM = 250;

/** Commands that the server may offer in lenses. */
const COMMANDS = ['prosodist.testDirectory'];

export function newSession(makeClient: MakeClient): Session {
  const output = window.createOutputChannel('Prosodist', { log: true });
  const changed = new EventEmitter<void>();
  let client: BaseLanguageClient | undefined;
  let overview: Overview | null = null;
  let shown: Uri | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tokens = 0;

  const current = (): TextDocument | undefined => {
    const active = window.activeTextEditor?.document;
    if (active && isOurs(active)) return active;
    const open = workspace.textDocuments.filter(isOurs);
    return open.find(({ uri }) => uri.toString() === shown?.toString()) ?? open[0];
  };
  const look = async () => {
    const document = current();
    if (!client || client.state !== State.Running) return;
    shown = document?.uri;
    const params = document && { textDocument: { uri: client.code2ProtocolConverter.asUri(document.uri) } };
    // a file of ours that the server takes for none is no reason to complain
    const asked = params && client.sendRequest<Overview>('prosodist/overview', params).catch(() => null);
    overview = (await asked) ?? null;
    changed.fire();
  };
  const session: Session = {
    output,
    directory: null,
    get overview() {
      return overview;
    },
    get state() {
      return client?.state ?? State.Stopped;
    },
    onDidChange: changed.event,
    refresh: () => {
      clearTimeout(timer);
      timer = setTimeout(() => void look(), CALM);
    },
    start: async () => {
      const made = makeClient({
        documentSelector,
        outputChannel: output,
        errorHandler,
        initializationOptions: { trusted: workspace.isTrusted },
      });
      client = made;
      made.registerFeature(offersCommands);
      made.onDidChangeState(() => {
        changed.fire();
        session.refresh();
      });
      await made.start();
    },
    restart: async () => {
      errorHandler.forget();
      await again();
    },
    request: async (method, params, token) => {
      if (!client) throw new Error(l10n.t('The language server is not running.'));
      const asked = withUris(params, client);
      return token ? client.sendRequest(method, asked, token) : client.sendRequest(method, asked);
    },
    watched: async (title, method, params) =>
      window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, async (progress, token) => {
        const workDoneToken = `prosodist-${++tokens}`;
        const listener = client?.onNotification('prosodist/progress', (said: { token: string; message: string }) => {
          if (said.token === workDoneToken) progress.report({ message: said.message });
        });
        try {
          return await session.request(method, { ...params, workDoneToken }, token);
        } finally {
          listener?.dispose();
        }
      }),
    configuration: async () => current() ?? openConfiguration(),
    dispose: () => {
      clearTimeout(timer);
      changed.dispose();
      output.dispose();
      void client?.dispose().catch(() => undefined);
      for (const each of subscriptions) each.dispose();
    },
  };
  const again = async () => {
    // A client whose server did not come up refuses to stop; it is left behind all the same.
    await client?.dispose().catch(reason => output.warn(String(reason)));
    await session.start();
  };
  const errorHandler = restarts(() => void again().catch(reason => output.error(String(reason))));
  const subscriptions = [
    window.onDidChangeActiveTextEditor(session.refresh),
    workspace.onDidOpenTextDocument(document => isOurs(document) && session.refresh()),
    workspace.onDidChangeTextDocument(({ document }) => isOurs(document) && session.refresh()),
    languages.onDidChangeDiagnostics(session.refresh),
    workspace.onDidGrantWorkspaceTrust(() => void client?.sendNotification('prosodist/trusted', { trusted: true })),
  ];
  return session;
}

/** Documents under the URIs that the server knows them by. */
function withUris(params: object, { code2ProtocolConverter }: BaseLanguageClient): object {
  const { textDocument } = params as { textDocument?: { uri: string } };
  return textDocument ? { ...params, textDocument: { uri: code2ProtocolConverter.asUri(Uri.parse(textDocument.uri)) } } : params;
}

/** Tells the server which commands there are here. */
const offersCommands: StaticFeature = {
  fillClientCapabilities: capabilities => {
    capabilities.experimental = { ...capabilities.experimental, prosodist: { commands: COMMANDS } };
  },
  initialize: () => undefined,
  getState: () => ({ kind: 'static' }),
  clear: () => undefined,
};

/** What the params of every request about a configuration have. */
export function about(document: TextDocument): { textDocument: { uri: string } } {
  return { textDocument: { uri: document.uri.toString() } };
}
