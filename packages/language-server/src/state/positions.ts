import { findFile, type Text } from '@prosodist/language-service';
import type { Position } from 'vscode-languageserver';
import type { Documents } from './documents.js';
import { type Encoding, positionFromEncoding, positionToEncoding, tokensToEncoding } from './encoding.js';
import { pathOfUri } from './paths.js';
import type { Trees } from './trees.js';

type Convert = (source: Text, position: Position, encoding: Encoding) => Position;

/**
 * Positions on their way between the client, which may count bytes or code points, and everything here, which counts UTF-16.
 * What goes through is any value of the protocol; a position in it is one of the document that is named nearest to it.
 */
export class Positions {
  encoding: Encoding = 'utf-16';

  constructor(
    private readonly documents: Documents,
    private readonly trees: Trees,
  ) {}

  /** The params of a request in UTF-16. */
  fromClient<Params>(params: Params): Params {
    return this.encoding === 'utf-16' ? params : (this.#walk(params, uriOf(params), positionFromEncoding) as Params);
  }

  /** An answer, or the params of a message to the client, as the client counts. */
  toClient<Answer>(answer: Answer, asked: unknown): Answer {
    return this.encoding === 'utf-16' ? answer : (this.#walk(answer, uriOf(asked), positionToEncoding) as Answer);
  }

  /** Packed semantic tokens as the client counts. */
  tokensToClient(uri: string, data: readonly number[]): number[] {
    return tokensToEncoding(this.#textOf(uri) ?? { text: '' }, data, this.encoding);
  }

  #textOf(uri: string | undefined): Text | undefined {
    if (uri === undefined) return undefined;
    const open = this.documents.get(uri);
    if (open) return open;
    const path = pathOfUri(uri);
    for (const tree of path === undefined ? [] : this.trees.known()) {
      const file = findFile(tree, path!);
      if (file) return file.document;
      const read = tree.files.readFile(path!);
      if (read.ok) return read;
    }
    return undefined;
  }

  #walk(value: unknown, uri: string | undefined, convert: Convert): unknown {
    if (Array.isArray(value)) return value.map(item => this.#walk(item, uri, convert));
    if (typeof value !== 'object' || value === null) return value;
    if (isPosition(value)) {
      const text = this.#textOf(uri);
      // of a document that nobody knows: it goes back as it came
      return text ? convert(text, value, this.encoding) : value;
    }
    const near = uriOf(value) ?? uri;
    const entries = Object.entries(value).map(([key, part]) => {
      if ((key === 'changes' || key === 'relatedDocuments') && !Array.isArray(part) && part) {
        const byUri = Object.entries(part).map(([named, edits]) => [named, this.#walk(edits, named, convert)]);
        return [key, Object.fromEntries(byUri)];
      }
      return [key, this.#walk(part, nearest(value, key, near), convert)];
    });
    return Object.fromEntries(entries);
  }
}

function isPosition(value: object): value is Position {
  return 'line' in value && 'character' in value && typeof value.line === 'number' && typeof value.character === 'number';
}

/** The document that a value of the protocol is about, as it says itself. */
function uriOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const named = value as Readonly<Record<'uri', unknown>> & Readonly<Record<'textDocument' | 'item' | 'data', { uri?: unknown }>>;
  // `data` is what a lens or a hint comes back with
  const found = named.uri ?? named.textDocument?.uri ?? named.item?.uri ?? named.data?.uri;
  return typeof found === 'string' ? found : undefined;
}

/** Where a part of a value is in another document than the rest: targets of links, callers of an include. */
function nearest(value: object, key: string, near: string | undefined): string | undefined {
  const { targetUri, from } = value as { targetUri?: unknown; from?: unknown };
  if (typeof targetUri === 'string' && key.startsWith('target')) return targetUri;
  return key === 'fromRanges' ? (uriOf(from) ?? near) : near;
}
