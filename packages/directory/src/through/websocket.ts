import { WebSocket as Socket } from 'ws';
import { bounded } from '../bounded.js';
import { DirectoryFailure } from '../failure.js';
import { hostHeader, type Through, unreachable } from './bosh.js';
import { attribute, authElement, endIn, mechanismsIn, notServed, type RealEnd, SILENT, withoutPlain } from './xmpp.js';

const FRAMING = 'urn:ietf:params:xml:ns:xmpp-framing';

/** Logs in over WebSocket (RFC 7395) as Jitsi Meet does, and ends the session. Rejects with DirectoryFailure. */
export async function throughWebSocket({ url, host, user, password, limit }: Through): Promise<RealEnd> {
  let isSent = false;
  try {
    const late = { code: 'answer.timeout', what: `no answer from ${url.host}` } as const;
    return await bounded<RealEnd>(limit, late, (resolve, reject) => {
      const options = { headers: { host: hostHeader(url, host) }, maxPayload: 1024 * 1024, perMessageDeflate: false };
      const socket = new Socket(url, 'xmpp', options);
      socket.on('open', () => socket.send(`<open xmlns='${FRAMING}' to='${attribute(host)}' version='1.0'/>`));
      socket.on('unexpected-response', (_request, response) => {
        resolve(notServed(`${url.href} answers with HTTP ${response.statusCode}`));
      });
      socket.on('message', (data: Buffer) => {
        const text = data.toString('utf8');
        const condition = /<stream:error[^>]*>\s*<([a-z-]+)/.exec(text)?.[1];
        if (text.includes('No stream features to proceed with')) resolve(withoutPlain([])!);
        else if (condition !== undefined) resolve(notServed(`Prosody opens no stream for ${host} (${condition})`));
        else if (/<(?:stream:)?features/.test(text) && !isSent) {
          const lacking = withoutPlain(mechanismsIn(text));
          if (lacking) resolve(lacking);
          else {
            isSent = true;
            socket.send(authElement(user, password));
          }
        } else {
          const end = endIn(text);
          if (end) resolve(end);
        }
      });
      socket.on('close', () => reject(new DirectoryFailure('answer.closed', `${url.host} closed the connection`)));
      socket.on('error', error => reject(unreachable(url, error)));
      return () => {
        socket.removeAllListeners();
        // a connection that is not open yet tells that it was given up as an error
        socket.on('error', () => undefined);
        if (socket.readyState === Socket.OPEN) socket.send(`<close xmlns='${FRAMING}'/>`);
        socket.terminate();
      };
    });
  } catch (thrown) {
    if (isSent && thrown instanceof DirectoryFailure && thrown.code === 'answer.timeout') return SILENT;
    throw thrown;
  }
}
