import { normalize, type ProsodyVersion } from '@prosodist/core';
import type { Connection, InitializeParams, WorkspaceFoldersChangeEvent } from 'vscode-languageserver';
import type { Environment } from '../environment.js';
import { pathOfUri } from './paths.js';

/** The settings of one document. */
export interface DocumentSettings {
  /** Path of the main file, absolute; undefined to look for it. */
  readonly entryFile: string | undefined;
  readonly prosody: ProsodyVersion;
  /** Whether somebody has named the version; else it is that of this machine. */
  readonly prosodyNamed: boolean;
  readonly inlayHints: boolean;
  readonly codeLenses: boolean;
  /** Passwords may go to a directory over connections without TLS. */
  readonly allowPlaintext: boolean;
}

/** A client that does not answer must not hold up everything. */
const PATIENCE = 3000;

/** Settings by document, asked of the client once and forgotten when it says that they have changed. */
export class Settings {
  /** Set by the client's capabilities. */
  asks = false;
  /** Counts how often the settings have changed. */
  generation = 0;
  /** Told when the client answers after it was not waited for any more. */
  late: () => void = () => undefined;
  #given: unknown;
  #folders: string[] = [];
  #installed: ProsodyVersion | undefined | null = null;
  readonly #known = new Map<string, Promise<DocumentSettings>>();

  constructor(
    private readonly connection: Connection,
    private readonly environment: Environment,
  ) {}

  initialize(params: InitializeParams): void {
    const folders = params.workspaceFolders?.map(folder => folder.uri) ?? (params.rootUri ? [params.rootUri] : []);
    this.#folders = folders;
    this.given(params.initializationOptions);
    this.generation = 0;
  }

  foldersChanged({ added, removed }: WorkspaceFoldersChangeEvent): void {
    const gone = new Set(removed.map(folder => folder.uri));
    this.#folders = [...this.#folders.filter(uri => !gone.has(uri)), ...added.map(folder => folder.uri)];
    this.generation += 1;
    this.#known.clear();
  }

  /** Settings that came without being asked for; they hold where the client cannot be asked. */
  given(value: unknown): void {
    this.generation += 1;
    this.#known.clear();
    if (isObject(value)) this.#given = isObject(value.prosodist) ? value.prosodist : value;
  }

  /** The settings of a document; Prosody's own values where the client says nothing useful. */
  of(uri: string): Promise<DocumentSettings> {
    const known = this.#known.get(uri) ?? this.#ask(uri).then(value => this.#read(uri, value));
    this.#known.set(uri, known);
    return known;
  }

  async #ask(uri: string): Promise<unknown> {
    if (!this.asks) return this.#given;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const answer: Promise<unknown> = this.connection.workspace.getConfiguration({ scopeUri: uri, section: 'prosodist' });
    const late = new Promise<unknown>(resolve => {
      timer = setTimeout(() => {
        // it is asked again next time
        this.#known.delete(uri);
        answer.then(this.late, () => undefined);
        resolve(this.#given);
      }, PATIENCE);
    });
    try {
      return await Promise.race([answer, late]);
    } catch {
      return this.#given;
    } finally {
      clearTimeout(timer);
    }
  }

  #read(uri: string, value: unknown): DocumentSettings {
    const { entryFile, prosodyVersion, inlayHints, codeLens, allowPlaintext } = isObject(value) ? value : {};
    const named = prosodyVersion === '0.12' || prosodyVersion === '13.0' ? prosodyVersion : undefined;
    return {
      entryFile: typeof entryFile === 'string' ? this.#absolute(uri, entryFile.trim()) : undefined,
      prosody: named ?? this.#installedVersion(),
      prosodyNamed: named !== undefined,
      inlayHints: isOn(inlayHints),
      codeLenses: isOn(codeLens),
      allowPlaintext: allowPlaintext === true,
    };
  }

  #installedVersion(): ProsodyVersion {
    if (this.#installed === null) this.#installed = this.environment.installedProsody();
    return this.#installed ?? '13.0';
  }

  /** A relative entry file starts at the workspace folder of the document, else at the first one. */
  #absolute(uri: string, entryFile: string): string | undefined {
    if (entryFile === '') return undefined;
    const written = entryFile.replaceAll('\\', '/');
    if (/^(?:\/|[A-Za-z]:\/)/.test(written)) return written;
    const folder = this.#folders.findLast(candidate => uri.startsWith(candidate)) ?? this.#folders[0];
    const path = folder === undefined ? undefined : pathOfUri(folder);
    return path === undefined ? undefined : normalize(`${path}/${written}`);
  }
}

/** `{ "enabled": true }`; what is off unless it is asked for. */
function isOn(value: unknown): boolean {
  return isObject(value) && value.enabled === true;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
