// Logins as Jitsi Meet's web client does them: over BOSH (XEP-0124, XEP-0206), through a web server on the same machine.
import { request } from 'node:http';

const patience = 15_000;

/** A way in: the host that is asked for, and by which mechanism. */
export interface Login {
  /** Where Prosody's HTTP server listens. */
  readonly address: string;
  /** The name under which the web server reaches it. */
  readonly web: string;
  readonly host: string;
  /** Without a user: ANONYMOUS. */
  readonly user?: { readonly name: string; readonly password: string };
}

/** `success`, the condition of a refusal, or `not-offered` with what is. */
export async function login({ address, web, host, user }: Login): Promise<string> {
  let rid = 1000;
  const send = (attributes: string, inner = '') =>
    post(address, web, `<body xmlns='http://jabber.org/protocol/httpbind' rid='${rid++}' ${attributes}>${inner}</body>`);
  let answer = await send(
    `xmlns:xmpp='urn:xmpp:xbosh' to='${host}' wait='5' hold='1' ver='1.10' xml:lang='en' content='text/xml; charset=utf-8' xmpp:version='1.0'`,
  );
  const sid = /sid='([^']+)'/.exec(answer)?.[1];
  if (sid === undefined) return `no session: ${answer}`;
  // what is offered may come in the next answer
  if (!answer.includes('mechanism')) answer += await send(`sid='${sid}'`);
  const mechanisms = [...answer.matchAll(/<mechanism>([^<]+)</g)].map(match => match[1]!);
  const mechanism = user ? 'PLAIN' : 'ANONYMOUS';
  if (!mechanisms.includes(mechanism)) return `not-offered (${mechanisms.join(' ')})`;
  const token = user ? Buffer.from(`\0${user.name}\0${user.password}`).toString('base64') : '';
  const end = await send(
    `sid='${sid}'`,
    `<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='${mechanism}'>${token}</auth>`,
  );
  if (end.includes('<success')) return 'success';
  return /<failure[^>]*><([a-z-]+)/.exec(end)?.[1] ?? `no answer: ${end}`;
}

function post(address: string, web: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'text/xml; charset=utf-8', host: web, 'content-length': Buffer.byteLength(body) };
    const sent = request(
      { host: address, port: 5280, path: '/http-bind', method: 'POST', headers, timeout: patience },
      answer => {
        let text = '';
        answer.setEncoding('utf8').on('data', part => {
          text += part;
        });
        answer.on('end', () => resolve(text));
      },
    );
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${patience / 1000} s`)));
    sent.on('error', reject);
    sent.end(body);
  });
}
