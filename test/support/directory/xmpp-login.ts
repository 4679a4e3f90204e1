// A login as Jitsi Meet does it: SASL PLAIN over BOSH, or over WebSocket.
import { randomBytes, randomInt } from 'node:crypto';
import { request } from 'node:http';
import { connect } from 'node:net';

/** How a login ended. */
export type Ending =
  | { readonly outcome: 'granted'; readonly answer: null }
  /** The condition: `not-authorized`, `malformed-request`, … */
  | { readonly outcome: 'refused'; readonly answer: string }
  /** Nothing came: `empty` an empty answer when the wait was over, `frozen` not even that. */
  | { readonly outcome: 'hangs'; readonly answer: 'empty' | 'frozen' }
  /** The mechanisms that are offered, by blanks. */
  | { readonly outcome: 'not-offered'; readonly answer: string }
  | { readonly outcome: 'not-served'; readonly answer: string };

export interface Login {
  readonly host: string;
  readonly user: string;
  readonly password: string;
  /** What a proxy in front says of the connection of the user: `https`. */
  readonly forwarded?: string;
  /** Milliseconds after which no answer counts as none; 4000 if not told. */
  readonly patience?: number;
}

const wait = 1; // s that BOSH keeps a request open
const usual = 4000; // ms; more is frozen
const bosh = "xmlns='http://jabber.org/protocol/httpbind'";

const frozen: Ending = { outcome: 'hangs', answer: 'frozen' };

/** Logs in over BOSH at `http://address:port/http-bind`. */
export async function boshLogin(address: string, port: number, login: Login): Promise<Ending> {
  let rid = randomInt(1, 2 ** 31);
  const post = (attributes: string, content = '') =>
    send(address, port, login, `<body ${bosh} rid='${rid++}' ${attributes}>${content}</body>`);
  const first = await post(
    `to='${login.host}' xmlns:xmpp='urn:xmpp:xbosh' xmpp:version='1.0' wait='${wait}' hold='1' ver='1.10' xml:lang='en'`,
  );
  if (first === null) return frozen;
  if (first.status !== 200) return { outcome: 'not-served', answer: `HTTP ${first.status}` };
  const condition = /condition='([^']+)'/.exec(first.body)?.[1];
  if (condition !== undefined) return { outcome: 'not-served', answer: condition };
  const sid = /\bsid='([^']+)'/.exec(first.body)?.[1];
  if (sid === undefined) return { outcome: 'not-served', answer: first.body.slice(0, 200) };
  let { body } = first;
  if (!body.includes('features')) body += (await post(`sid='${sid}'`))?.body ?? '';
  const offered = mechanisms(body);
  if (!offered.includes('PLAIN')) return { outcome: 'not-offered', answer: offered.join(' ') };
  const answer = await post(`sid='${sid}'`, auth(login));
  return answer === null ? frozen : ending(answer.body);
}

function send(
  address: string,
  port: number,
  { host, forwarded, patience = usual }: Login,
  body: string,
): Promise<{ status: number; body: string } | null> {
  const headers: Record<string, string> = { 'content-type': 'text/xml; charset=utf-8', host };
  if (forwarded) headers['x-forwarded-proto'] = forwarded;
  return new Promise(resolve => {
    const sent = request({ host: address, port, path: '/http-bind', method: 'POST', headers, agent: false }, response => {
      let text = '';
      response.setEncoding('utf8').on('data', more => {
        text += more;
      });
      response.once('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    const timer = setTimeout(() => sent.destroy(), patience);
    sent.once('close', () => clearTimeout(timer));
    sent.once('error', error => resolve('code' in error && error.code === 'ECONNREFUSED' ? { status: 0, body: '' } : null));
    sent.end(body);
  });
}

/** Logs in over WebSocket at `ws://address:port/xmpp-websocket` (RFC 7395). */
export function webSocketLogin(address: string, port: number, login: Login): Promise<Ending> {
  return new Promise(resolve => {
    const socket = connect({ host: address, port });
    const timer = setTimeout(() => finish(asked ? { outcome: 'hangs', answer: 'empty' } : frozen), 2000 * wait);
    let asked = false;
    let raw = Buffer.alloc(0);
    let open = false;
    const finish = (end: Ending) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(end);
    };
    const onText = (text: string) => {
      if (/<failure|<success/.test(text)) finish(ending(text));
      // With nothing to offer, not even something else than a login, Prosody closes the stream.
      else if (text.includes('No stream features to proceed with')) finish({ outcome: 'not-offered', answer: '' });
      else if (/<stream:error|host-unknown/.test(text))
        finish({
          outcome: 'not-served',
          answer: /<([a-z-]+) xmlns='urn:ietf:params:xml:ns:xmpp-streams'/.exec(text)?.[1] ?? text,
        });
      else if (text.includes('features')) {
        const offered = mechanisms(text);
        if (!offered.includes('PLAIN')) return finish({ outcome: 'not-offered', answer: offered.join(' ') });
        asked = true;
        socket.write(frame(auth(login)));
      }
    };
    socket.once('error', error => finish({ outcome: 'not-served', answer: error.message }));
    socket.once('connect', () => socket.write(upgrade(login)));
    socket.on('data', data => {
      raw = Buffer.concat([raw, data]);
      const end = raw.indexOf('\r\n\r\n');
      if (!open && end >= 0) {
        const head = raw.toString('latin1', 0, end);
        if (!head.includes(' 101 ')) return finish({ outcome: 'not-served', answer: head.split('\r\n')[0]! });
        open = true;
        raw = raw.subarray(end + 4);
        socket.write(frame(`<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='${login.host}' version='1.0'/>`));
      }
      for (let next = open ? unframe(raw) : null; next; next = unframe(raw)) {
        raw = raw.subarray(next.size);
        onText(next.text);
      }
    });
  });
}

const upgrade = ({ host, forwarded }: Login) =>
  [
    'GET /xmpp-websocket HTTP/1.1',
    `Host: ${host}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Protocol: xmpp',
    ...(forwarded ? [`X-Forwarded-Proto: ${forwarded}`] : []),
    '\r\n',
  ].join('\r\n');

// A masked text frame. The mask may be zeros: what it protects from is not here.
function frame(text: string): Buffer {
  const payload = Buffer.from(text, 'utf8');
  const head = payload.length < 126 ? [0x81, 0x80 | payload.length] : [0x81, 0xfe, payload.length >> 8, payload.length & 255];
  return Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), payload]);
}

function unframe(raw: Buffer): { text: string; size: number } | null {
  if (raw.length < 2) return null;
  const short = raw[1]! & 127;
  const start = short === 126 ? 4 : 2;
  if (raw.length < start) return null;
  const length = short === 126 ? raw.readUInt16BE(2) : short;
  return raw.length < start + length ? null : { text: raw.toString('utf8', start, start + length), size: start + length };
}

function mechanisms(text: string): string[] {
  return [...text.matchAll(/<mechanism>([^<]+)</g)].map(([, name]) => name!);
}

function auth({ user, password }: Login): string {
  const token = Buffer.from(`\0${user}\0${password}`, 'utf8').toString('base64');
  return `<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>${token}</auth>`;
}

function ending(text: string): Ending {
  if (text.includes('<success')) return { outcome: 'granted', answer: null };
  const condition = /<failure[^>]*><([a-z-]+)/.exec(text)?.[1];
  return condition === undefined ? { outcome: 'hangs', answer: 'empty' } : { outcome: 'refused', answer: condition };
}
