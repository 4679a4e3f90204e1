// Servers that do not behave, as firewalls, broken proxies and dying machines do not.
import { connect, createServer, type Server, type Socket } from 'node:net';
import { ownAddress } from './loopback.js';

export type Misbehaviour =
  /** Takes the connection and says nothing, ever. */
  | 'silent'
  /** Resets the connection at the first byte. */
  | 'resets'
  /** Answers with what is no LDAP. */
  | 'garbage'
  /** Passes everything on to `to`, answers a byte at a time. */
  | 'slow'
  /** Passes everything on to `to`, and closes in the middle of the second answer. */
  | 'closes-mid-answer';

export interface MisbehavingServer {
  readonly address: string;
  readonly port: number;
  stop(): Promise<void>;
}

const pause = 4; // ms between two bytes of a slow answer
const garbage = Buffer.from('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n');

/** Starts one at an address of its own; `to` is the real server behind it. It does not keep the process alive. */
export async function misbehaving(
  how: Misbehaviour,
  { port = 389, to }: { port?: number; to?: { readonly host: string; readonly port: number } } = {},
): Promise<MisbehavingServer> {
  const address = await ownAddress();
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket)).on('error', () => undefined);
    if (how === 'silent') socket.resume();
    else if (how === 'resets') socket.once('data', () => socket.resetAndDestroy());
    else if (how === 'garbage') socket.once('data', () => socket.write(garbage));
    else if (to) pass(socket, connect(to), how);
  });
  await listening(server, port, address);
  server.unref();
  const stop = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return { address, port, stop };
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, resolve);
  });
}

function pass(client: Socket, real: Socket, how: 'slow' | 'closes-mid-answer'): void {
  client.on('data', data => real.write(data)).once('close', () => real.destroy());
  real.on('error', () => client.destroy()).once('close', () => client.end());
  let answers = 0;
  let last = Promise.resolve();
  real.on('data', data => {
    answers++;
    if (how === 'slow') last = last.then(() => trickle(client, data));
    else if (answers === 1) client.write(data);
    else client.end(data.subarray(0, Math.floor(data.length / 2)));
  });
}

async function trickle(client: Socket, data: Buffer): Promise<void> {
  for (const byte of data) {
    if (client.destroyed) return;
    client.write(Buffer.of(byte));
    await new Promise(resolve => setTimeout(resolve, pause));
  }
}
