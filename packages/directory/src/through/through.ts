import type { Limit } from '../bounded.js';
import { DirectoryFailure } from '../failure.js';
import type { LoginReport } from '../types.js';
import { throughBosh } from './bosh.js';
import { throughWebSocket } from './websocket.js';
import type { RealEnd, RealLogin } from './xmpp.js';

/** Where a login through Prosody goes, and with what. */
export interface ThroughOptions {
  /** `http(s)://` for BOSH, `ws(s)://` for WebSocket; without a path Jitsi's usual one. */
  readonly url: string;
  readonly host: string;
  readonly user: string;
  /** Never part of any text of the result. */
  readonly password: string;
  /** Send the password to another machine without TLS. */
  readonly allowPlaintext?: boolean;
  /** Most milliseconds of one step; 10000 if not given. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

/** The address that a login through Prosody means, or what is wrong with it. */
export function throughUrl(text: string): URL | string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^(?:https?|wss?):$/.test(url.protocol))
    return 'an address is wanted that begins with https://, http://, wss:// or ws://';
  if (url.username !== '' || url.password !== '') return 'the address must not hold a name or a password';
  if (url.pathname === '/') url.pathname = url.protocol.startsWith('http') ? '/http-bind' : '/xmpp-websocket';
  return url;
}

/**
 * The real login: through BOSH or WebSocket to Prosody itself. A password goes to another machine without TLS only with
 * `allowPlaintext`. Rejects only when it is called off; a server that cannot be reached is `unknown` with the reason.
 */
export async function loginThrough(options: ThroughOptions): Promise<RealLogin> {
  const start = performance.now();
  const ended = (end: RealEnd): RealLogin => ({ ...end, milliseconds: Math.round(performance.now() - start) });
  const url = throughUrl(options.url);
  if (typeof url === 'string') return ended(notKnown(url));
  const isPlain = url.protocol === 'http:' || url.protocol === 'ws:';
  if (isPlain && !isLoopback(url) && !options.allowPlaintext)
    return ended(notKnown(`the connection to ${url.host} is not encrypted, so no password was sent`));
  const limit: Limit = { milliseconds: options.timeout ?? 10_000, signal: options.signal };
  const through = { url, host: options.host, user: options.user, password: options.password, limit };
  try {
    return ended(await (url.protocol.startsWith('http') ? throughBosh(through) : throughWebSocket(through)));
  } catch (thrown) {
    if (!(thrown instanceof DirectoryFailure) || thrown.code === 'aborted') throw thrown;
    return ended(notKnown(thrown.message));
  }
}

/** Where a rehearsal and the real login do not agree, and what may be the cause; null where they do, or one is not known. */
export function disagreement(rehearsed: LoginReport, real: RealLogin): string | null {
  if (rehearsed.outcome === 'unknown' || real.outcome === 'unknown') return null;
  if (rehearsed.outcome === real.outcome && (real.outcome !== 'refused' || rehearsed.answer === real.answer)) return null;
  const word = ({ outcome, answer }: { readonly outcome: string; readonly answer: string | null }) =>
    answer === null ? outcome : `${outcome} (${answer})`;
  return `The rehearsal says ${word(rehearsed)}, Prosody ${word(real)}. Prosody may still run with settings of before: restart it. Or it runs elsewhere, with another ldap.conf or other names in the DNS.`;
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
}

function notKnown(found: string): RealEnd {
  return { outcome: 'unknown', answer: null, found };
}
