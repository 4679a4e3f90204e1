import { type Element, elements, expectTag, MalformedMessage, readNumber } from './ber.js';

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const OCTETS = 0x04;
const ENUMERATED = 0x0a;
const SET = 0x31;
const CONTROLS = 0xa0;
const PAGED_RESULTS = '1.2.840.113556.1.4.319';

/** How a server answers an operation (LDAPResult, RFC 4511 section 4.1.9). `message` is its diagnostic text, without a final NUL. */
export interface Result {
  readonly code: number;
  readonly matchedDn: string;
  readonly message: string;
  /** Where else to ask, when the code is 10. */
  readonly referrals: readonly string[];
}

/** One entry: its DN and its attributes under their names in lower case, options and all. */
export interface Entry {
  readonly dn: string;
  readonly attributes: ReadonlyMap<string, readonly Buffer[]>;
}

/** One message of a server. `cookie` is that of the paged results control, null where there is none. */
export type Response =
  | { readonly id: number; readonly type: 'bind' | 'extended'; readonly result: Result }
  | { readonly id: number; readonly type: 'done'; readonly result: Result; readonly cookie: Buffer | null }
  | { readonly id: number; readonly type: 'entry'; readonly entry: Entry }
  | { readonly id: number; readonly type: 'reference'; readonly urls: readonly string[] }
  | { readonly id: number; readonly type: 'other' };

/** Reads the content of one LDAPMessage (RFC 4511 section 4.1.1). Throws MalformedMessage. */
export function readResponse(content: Buffer): Response {
  const [first, operation, third] = [...elements(content)];
  const id = readNumber(first, INTEGER);
  if (!operation) throw new MalformedMessage('no operation');
  switch (operation.tag) {
    case 0x61:
      return { id, type: 'bind', result: readResult(operation.content) };
    case 0x78:
      return { id, type: 'extended', result: readResult(operation.content) };
    case 0x65:
      return { id, type: 'done', result: readResult(operation.content), cookie: readCookie(third) };
    case 0x64:
      return { id, type: 'entry', entry: readEntry(operation.content) };
    case 0x73:
      return { id, type: 'reference', urls: [...elements(operation.content)].map(text) };
    default:
      return { id, type: 'other' };
  }
}

function readResult(content: Buffer): Result {
  const [code, matchedDn, message, referral] = [...elements(content)];
  return {
    code: readNumber(code, ENUMERATED),
    matchedDn: text(matchedDn),
    // Windows ends its texts with a NUL
    message: text(message).replace(/\0+$/, ''),
    referrals: referral?.tag === 0xa3 ? [...elements(referral.content)].map(text) : [],
  };
}

function readEntry(content: Buffer): Entry {
  const [dn, list] = [...elements(content)];
  const attributes = new Map<string, readonly Buffer[]>();
  for (const attribute of elements(expectTag(list, SEQUENCE).content)) {
    const [name, values] = [...elements(expectTag(attribute, SEQUENCE).content)];
    const buffers = [...elements(expectTag(values, SET).content)].map(value => expectTag(value, OCTETS).content);
    attributes.set(text(name).toLowerCase(), buffers);
  }
  return { dn: text(dn), attributes };
}

/** The cookie of the paged results control (RFC 2696) among the controls of a message. */
function readCookie(controls: Element | undefined): Buffer | null {
  if (controls?.tag !== CONTROLS) return null;
  for (const control of elements(controls.content)) {
    const parts = [...elements(expectTag(control, SEQUENCE).content)];
    if (text(parts[0]) !== PAGED_RESULTS) continue;
    const value = parts.find((part, index) => index > 0 && part.tag === OCTETS);
    const [sequence] = value ? [...elements(value.content)] : [];
    const [, cookie] = [...elements(expectTag(sequence, SEQUENCE).content)];
    return expectTag(cookie, OCTETS).content;
  }
  return null;
}

function text(element: Element | undefined): string {
  return expectTag(element, OCTETS).content.toString('utf8');
}
