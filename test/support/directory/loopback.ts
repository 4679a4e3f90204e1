// Every server of these tests has a loopback address of its own, so that it can listen at the ports that people write (389,
// 636, 3269) while other test processes have servers too.
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

// Holding a listener here is what makes an address ours: the kernel gives it to one process, and takes it back when that ends.
const claim = 998;

/** An address in 127.64.0.0/10 that belongs to this process until it ends. */
export async function ownAddress(): Promise<string> {
  for (let tries = 0; tries < 100; tries++) {
    const address = `127.${randomInt(64, 128)}.${randomInt(256)}.${randomInt(1, 255)}`;
    if (await held(address)) return address;
  }
  throw new Error('no loopback address of 127.64.0.0/10 can be bound here');
}

function held(address: string): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer(socket => socket.destroy());
    server.once('error', () => resolve(false));
    server.listen({ port: claim, host: address, exclusive: true }, () => resolve(true));
    server.unref();
  });
}
