import type { Io } from '../io.js';
import { visible } from '../visible.js';

/** Shorter than this, nobody needs to see how far it is. */
const PATIENCE = 500;

/** Shows how far a run is, in one line of the terminal that goes again; on anything but a terminal nothing. */
export function progress({ stderr, stderrIsTTY, env }: Io, total: number, clock: () => number) {
  const shows = stderrIsTTY === true && env.TERM !== 'dumb' && total > 1;
  const began = shows ? clock() : 0;
  let shown = false;
  const clear = () => {
    if (shown) stderr.write('\r\x1b[K');
    shown = false;
  };
  return {
    at(done: number, name: string): void {
      if (!shows || clock() - began < PATIENCE) return;
      clear();
      stderr.write(`prosodist: ${done + 1} of ${total}: ${visible(name).slice(0, 60)}`);
      shown = true;
    },
    clear,
  };
}
