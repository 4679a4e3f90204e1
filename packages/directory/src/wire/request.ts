import { encode, type FilterNode, type SearchScope } from '@prosodist/core';
import { BerWriter, PagedResultsControl } from 'ldapts';
import { writeFilter } from './filter.js';

const SCOPES: Readonly<Record<SearchScope, number>> = { base: 0, onelevel: 1, subtree: 2 };

/** A search as a server is asked for it (RFC 4511 section 4.5.1). */
export interface SearchRequest {
  readonly base: string;
  readonly scope: SearchScope;
  readonly filter: FilterNode;
  /** The attributes that are wanted; none means all of the user's, `['1.1']` none at all. */
  readonly attributes: readonly string[];
  /** Most entries; 0 for no limit. */
  readonly sizeLimit: number;
  /** Most seconds that the server shall spend; 0 for no limit. */
  readonly timeLimit: number;
  /** Ask in pages of this size (RFC 2696), with the cookie of the page before. */
  readonly page?: { readonly size: number; readonly cookie: Buffer };
}

/**
 * A simple bind (RFC 4511 section 4.2). Name and password are bytes: what a file holds beside UTF-8 goes out as libldap sends it,
 * and ldapts' own request takes a text only.
 */
export function bindRequest(id: number, name: string, password: Buffer): Buffer {
  return message(id, 0x60, writer => {
    writer.writeInt(3);
    writeText(writer, name);
    writer.writeBuffer(password, 0x80);
  });
}

/** A search. Aliases are not followed, as libldap does without DEREF. */
export function searchRequest(id: number, search: SearchRequest): Buffer {
  return message(
    id,
    0x63,
    writer => {
      writeText(writer, search.base);
      writer.writeEnumeration(SCOPES[search.scope]);
      writer.writeEnumeration(0);
      writer.writeInt(search.sizeLimit);
      writer.writeInt(search.timeLimit);
      writer.writeBoolean(false);
      writeFilter(writer, search.filter);
      writer.startSequence();
      for (const attribute of search.attributes) writeText(writer, attribute);
      writer.endSequence();
    },
    writer => {
      if (!search.page) return;
      writer.startSequence(0xa0);
      new PagedResultsControl({ value: search.page }).write(writer);
      writer.endSequence();
    },
  );
}

/** StartTLS (RFC 4511 section 4.14). */
export function startTlsRequest(id: number): Buffer {
  return message(id, 0x77, writer => writer.writeString('1.3.6.1.4.1.1466.20037', 0x80));
}

/** The goodbye (RFC 4511 section 4.3): the server closes without an answer. */
export function unbindRequest(id: number): Buffer {
  return message(id, 0x42, () => {});
}

function message(
  id: number,
  operation: number,
  write: (writer: BerWriter) => void,
  controls: (writer: BerWriter) => void = () => {},
): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(id);
  if (operation === 0x42) {
    writer.writeByte(operation);
    writer.writeByte(0);
  } else {
    writer.startSequence(operation);
    write(writer);
    writer.endSequence();
  }
  controls(writer);
  writer.endSequence();
  return writer.buffer;
}

function writeText(writer: BerWriter, text: string): void {
  writer.writeBuffer(Buffer.from(encode(text)), 0x04);
}
