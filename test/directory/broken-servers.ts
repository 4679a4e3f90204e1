// Servers that misbehave in one way each, and a wire to a good one that can be cut.
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** StartTLS agreed to (an extended response to message 1). */
const AGREED = Buffer.from('300c02010178070a010004000400', 'hex');
/** A search entry without attributes, for whatever number the request had. */
const ENTRY = (id: number) => Buffer.from([0x30, 0x0b, 0x02, 0x01, id, 0x64, 0x06, 0x04, 0x02, 0x78, 0x3d, 0x30, 0x00]);
/** The number of a message, as long as it is below 128: it stands behind the head of the message. */
const idOf = (request: Buffer) => request[request.indexOf(0x02) + 2]!;

export type Misbehaviour =
  | 'silent'
  | 'closes'
  | 'resets'
  | 'closes-later'
  | 'speaks-http'
  | 'trickles'
  | 'announces-2-gib'
  | 'never-ends'
  | 'agrees-and-is-silent'
  | 'agrees-and-talks-on';

/** What is done with each connection, and with what comes over it. */
const DEEDS: Readonly<Record<Misbehaviour, (socket: Socket) => void>> = {
  silent: () => {},
  closes: socket => socket.end(),
  resets: socket => socket.resetAndDestroy(),
  'closes-later': socket => socket.once('data', () => socket.end()),
  'speaks-http': socket => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'),
  trickles: socket => {
    socket.write(Buffer.from('3081ff', 'hex'));
    const timer = setInterval(() => socket.write(Buffer.from([2])), 20);
    socket.once('close', () => clearInterval(timer));
  },
  'announces-2-gib': socket => socket.once('data', () => socket.write(Buffer.from('30847fffffff02', 'hex'))),
  'never-ends': socket =>
    socket.once('data', request => {
      const entries = Buffer.concat(Array.from({ length: 5000 }, () => ENTRY(idOf(request))));
      const more = () => {
        while (!socket.destroyed && socket.write(entries));
      };
      socket.on('drain', more);
      more();
    }),
  'agrees-and-is-silent': socket => socket.once('data', () => socket.write(AGREED)),
  'agrees-and-talks-on': socket => socket.once('data', () => socket.write(Buffer.concat([AGREED, ENTRY(2)]))),
};

/** A listener on a port of 127.0.0.1. */
export interface Listener {
  readonly port: number;
  /** Connections that came so far. */
  readonly sockets: readonly Socket[];
  stop(): Promise<void>;
}

/** Starts a server that misbehaves. */
export function misbehaving(how: Misbehaviour): Promise<Listener> {
  return listen(DEEDS[how]);
}

/** A wire to a server: it carries everything until it is cut, which takes effect at once and stays. */
export interface Wire extends Listener {
  /** `silence` loses what is said from then on; `reset` breaks every connection. */
  cut(how: 'silence' | 'reset'): void;
}

/** Lays a wire to an address. */
export async function wireTo(address: string, port: number): Promise<Wire> {
  let how: 'whole' | 'silence' | 'reset' = 'whole';
  const listener = await listen(socket => {
    const other = connect(port, address);
    other.on('error', () => socket.destroy());
    socket.on('data', chunk => how === 'whole' && other.write(chunk));
    other.on('data', chunk => how === 'whole' && socket.write(chunk));
    socket.on('close', () => other.destroy());
    other.on('close', () => how === 'whole' && socket.end());
  });
  return {
    ...listener,
    cut(next) {
      how = next;
      if (next === 'reset') for (const socket of listener.sockets) socket.resetAndDestroy();
    },
  };
}

async function listen(serve: (socket: Socket) => void): Promise<Listener> {
  const sockets: Socket[] = [];
  const server: Server = createServer(socket => {
    sockets.push(socket);
    // read, so that the end is seen
    socket.on('error', () => {}).on('data', () => {});
    serve(socket);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    sockets,
    stop: () =>
      new Promise(resolve => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
