import { randomInt } from 'node:crypto';
import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { bounded, type Limit } from '../bounded.js';
import { DirectoryFailure } from '../failure.js';
import { attribute, authElement, endIn, mechanismsIn, notServed, type RealEnd, SILENT, withoutPlain } from './xmpp.js';

/** Most bytes of one answer. */
const MOST_BYTES = 1024 * 1024;
/** Seconds that Prosody holds a request open for: an empty answer then means that it has none. */
const WAIT = 5;

/** What a login over BOSH or WebSocket needs. */
export interface Through {
  readonly url: URL;
  readonly host: string;
  readonly user: string;
  readonly password: string;
  readonly limit: Limit;
}

/** Logs in over BOSH (XEP-0124, XEP-0206) as Jitsi Meet does, and ends the session. Rejects with DirectoryFailure. */
export async function throughBosh({ url, host, user, password, limit }: Through): Promise<RealEnd> {
  let rid = randomInt(1, 2 ** 31);
  const post = (attributes: string, content = '') => {
    const body = `<body xmlns='http://jabber.org/protocol/httpbind' rid='${rid++}' ${attributes}>${content}</body>`;
    return exchange(url, host, body, { ...limit, milliseconds: limit.milliseconds + WAIT * 1000 });
  };
  const to = attribute(host);
  const first = await post(
    `to='${to}' wait='${WAIT}' hold='1' ver='1.10' xml:lang='en' content='text/xml; charset=utf-8' xmlns:xmpp='urn:xmpp:xbosh' xmpp:version='1.0'`,
  );
  if (first.status !== 200) return notServed(`${url.href} answers with HTTP ${first.status}`);
  const condition = /<body[^>]*\bcondition=["']([\w-]+)/.exec(first.text)?.[1];
  const sid = /<body[^>]*\bsid=["']([^"']{1,200})/.exec(first.text)?.[1];
  if (sid === undefined) return notServed(`Prosody opens no session for ${host}${condition ? ` (${condition})` : ''}`);
  const session = `sid='${attribute(sid)}'`;
  try {
    const features = /<(?:stream:)?features/.test(first.text) ? first.text : first.text + (await post(session)).text;
    const lacking = withoutPlain(mechanismsIn(features));
    if (lacking) return lacking;
    const { text } = await post(session, authElement(user, password));
    return endIn(text) ?? SILENT;
  } catch (thrown) {
    // a server that stands still does not even send the empty answer
    if (thrown instanceof DirectoryFailure && thrown.code === 'answer.timeout') return SILENT;
    throw thrown;
  } finally {
    await post(`${session} type='terminate'`).catch(() => undefined);
  }
}

interface Reply {
  readonly status: number;
  readonly text: string;
}

function exchange(url: URL, host: string, body: string, limit: Limit): Promise<Reply> {
  const late = { code: 'answer.timeout', what: `no answer from ${url.host}` } as const;
  return bounded<Reply>(limit, late, (resolve, reject) => {
    const request = (url.protocol === 'https:' ? tlsRequest : plainRequest)(
      url,
      { method: 'POST', agent: false, headers: { 'content-type': 'text/xml; charset=utf-8', host: hostHeader(url, host) } },
      response => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > MOST_BYTES) reject(new DirectoryFailure('answer.too-big', `${url.host} sends more than a login needs`));
          else chunks.push(chunk);
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }));
        response.on('error', error => reject(unreachable(url, error)));
      },
    );
    request.on('error', error => reject(unreachable(url, error)));
    request.end(body);
    return () => {
      request.destroy();
    };
  });
}

/** Prosody takes requests by the name of the host: at an address the XMPP domain is meant, as Jitsi's nginx sends it. */
export function hostHeader(url: URL, host: string): string {
  return isAddress(url) ? host : url.host;
}

/** Whether the URL names no machine: an address, or this machine. */
function isAddress(url: URL): boolean {
  return url.hostname === 'localhost' || /^[\d.]+$|^\[/.test(url.hostname);
}

export function unreachable(url: URL, error: Error): DirectoryFailure {
  return new DirectoryFailure('connect.failed', `${url.host}: ${error.message || error.name}`, { cause: error });
}
