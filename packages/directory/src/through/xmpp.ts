// The few stanzas of a login, and what is read from Prosody's answers.
import type { Outcome } from '../types.js';

/** How a real login ended. */
export interface RealLogin {
  readonly outcome: Exclude<Outcome, 'unknown'> | 'unknown';
  /** The SASL condition of a refusal, or the mechanisms that are offered. */
  readonly answer: string | null;
  /** What came, in words. */
  readonly found: string;
  readonly milliseconds: number;
}

export type RealEnd = Omit<RealLogin, 'milliseconds'>;

/** The names of the mechanisms in `<mechanisms/>`. */
export function mechanismsIn(xml: string): readonly string[] {
  return [...xml.matchAll(/<mechanism(?:\s[^>]*)?>([^<]{1,100})<\/mechanism>/g)].map(match => match[1]!).sort();
}

/** `<auth mechanism='PLAIN'>` with name and password. */
export function authElement(user: string, password: string): string {
  const token = Buffer.from(`\0${user}\0${password}`, 'utf8').toString('base64');
  return `<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>${token}</auth>`;
}

/** The end that an answer to `<auth/>` is; null for one that is none. */
export function endIn(xml: string): RealEnd | null {
  if (/<success[\s/>]/.test(xml)) return { outcome: 'granted', answer: null, found: 'Prosody says success' };
  const failure = /<failure[^>]*>\s*<([a-z-]+)/.exec(xml)?.[1];
  if (failure !== undefined) return { outcome: 'refused', answer: failure, found: `Prosody refuses it: ${failure}` };
  return null;
}

/** Why there is no way to go on from what was offered; null where PLAIN is. */
export function withoutPlain(mechanisms: readonly string[]): RealEnd | null {
  if (mechanisms.includes('PLAIN')) return null;
  const answer = mechanisms.length > 0 ? mechanisms.join(', ') : null;
  return { outcome: 'not-offered', answer, found: `Prosody offers ${answer ?? 'no mechanism'}, and PLAIN is not among them` };
}

export function notServed(found: string): RealEnd {
  return { outcome: 'not-served', answer: null, found };
}

export const SILENT: RealEnd = { outcome: 'hangs', answer: null, found: 'Prosody gives no answer to the password' };

/** Text as the value of an attribute in single quotes. */
export function attribute(text: string): string {
  return text.replace(/[&<'"]/g, character => `&#${character.charCodeAt(0)};`);
}
