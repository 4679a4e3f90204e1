import type { DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Encoding, fromEncoding } from './encoding.js';
import { pathOfUri } from './paths.js';
import { isProsody } from './recognise.js';

/** A document that the client has open. */
export interface OpenDocument {
  /** As the client writes it. */
  readonly uri: string;
  /** Undefined for what is not a file: untitled documents, other schemes. */
  readonly path: string | undefined;
  readonly languageId: string;
  readonly version: number;
  readonly text: string;
  /** It is a configuration of Prosody; once seen, it stays one. */
  readonly recognised: boolean;
  /** Which change of all changes was its last one; 0 where it is as it was opened. */
  readonly edited: number;
}

/** Documents in the order in which they were last changed. */
export function lastEditedLast(documents: readonly OpenDocument[]): OpenDocument[] {
  return [...documents].sort((one, other) => one.edited - other.edited);
}

/** The open documents, saved or not, as the client says they are. */
export class Documents {
  /** How the client counts characters. */
  encoding: Encoding = 'utf-16';
  readonly #texts = new Map<string, TextDocument>();
  readonly #open = new Map<string, OpenDocument>();
  #edits = 0;

  opened({ textDocument: { uri, languageId, version, text } }: DidOpenTextDocumentParams): void {
    this.#keep(TextDocument.create(uri, languageId, version, text), false, 0);
  }

  changed({ textDocument, contentChanges }: DidChangeTextDocumentParams): void {
    const before = this.#texts.get(textDocument.uri);
    if (!before) return;
    const recognised = this.#open.get(textDocument.uri)?.recognised ?? false;
    let after = before;
    for (const change of contentChanges) {
      // each change is meant for the text that the ones before it have made
      const source = { text: this.encoding === 'utf-16' ? '' : after.getText() };
      const decoded = 'range' in change ? { ...change, range: fromEncoding(source, change.range, this.encoding) } : change;
      after = TextDocument.update(after, [decoded], textDocument.version);
    }
    this.#edits += 1;
    this.#keep(after, recognised, this.#edits);
  }

  closed({ textDocument }: DidCloseTextDocumentParams): void {
    this.#texts.delete(textDocument.uri);
    this.#open.delete(textDocument.uri);
  }

  get(uri: string): OpenDocument | undefined {
    return this.#open.get(uri);
  }

  all(): OpenDocument[] {
    return [...this.#open.values()];
  }

  #keep(document: TextDocument, recognised: boolean, edited: number): void {
    const { uri, languageId, version } = document;
    const text = document.getText();
    this.#texts.set(uri, document);
    this.#open.set(uri, {
      uri,
      path: pathOfUri(uri),
      languageId,
      version,
      text,
      recognised: recognised || isProsody(languageId, uri, text),
      edited,
    });
  }
}
