// A reader of BER that a hostile server cannot keep busy: every length is checked against what holds it, and each step
// moves on. (ldapts' reader returns the same place again when a length is too long, and loops for ever.)

/** A message that is no LDAP, or breaks its own lengths. */
export class MalformedMessage extends Error {
  constructor(what: string) {
    super(`the answer is no LDAP message: ${what}`);
    this.name = 'MalformedMessage';
  }
}

/** One element: its tag and content. */
export interface Element {
  readonly tag: number;
  readonly content: Buffer;
}

/** Where an element's content begins and ends. */
export interface Extent {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads tag and length at an offset (X.690 8.1, as LDAP restricts it: one-byte tags, definite lengths of at most four bytes).
 * Returns null when the bytes end before the length does; the content itself need not be there yet.
 */
export function readExtent(bytes: Buffer, at: number): Extent | null {
  if (at + 2 > bytes.length) return null;
  const tag = bytes[at]!;
  if ((tag & 0x1f) === 0x1f) throw new MalformedMessage('a tag of several bytes');
  const first = bytes[at + 1]!;
  if (first < 0x80) return { tag, start: at + 2, end: at + 2 + first };
  const count = first & 0x7f;
  if (count === 0 || count > 4) throw new MalformedMessage('a length that LDAP does not have');
  if (at + 2 + count > bytes.length) return null;
  const start = at + 2 + count;
  return { tag, start, end: start + bytes.readUIntBE(at + 2, count) };
}

/** Takes the elements of a content one after the other; throws MalformedMessage where one reaches beyond it. */
export function* elements(content: Buffer): Generator<Element> {
  for (let at = 0; at < content.length; ) {
    const extent = readExtent(content, at);
    if (!extent || extent.end > content.length) throw new MalformedMessage('a part reaches beyond the whole');
    yield { tag: extent.tag, content: content.subarray(extent.start, extent.end) };
    at = extent.end;
  }
}

/** A non-negative INTEGER or ENUMERATED of at most four bytes. */
export function readNumber(element: Element | undefined, tag: number): number {
  const { content } = expectTag(element, tag);
  if (content.length === 0 || content.length > 4) throw new MalformedMessage('a number of a wrong length');
  return content.readIntBE(0, content.length);
}

/** The element, when it has this tag. */
export function expectTag(element: Element | undefined, tag: number): Element {
  if (element?.tag === tag) return element;
  throw new MalformedMessage(`tag ${element ? `0x${element.tag.toString(16)}` : 'missing'} where 0x${tag.toString(16)} belongs`);
}
