import { logError, type Server } from './context.js';

/** Milliseconds in which changes are gathered before diagnostics are made. */
const GATHER = 40;

/** Runs a job soon after a change, once for all changes that come in the meantime, and never twice at a time. */
export function scheduler(server: Server, job: () => Promise<void>): () => void {
  let waiting = false;
  let running = false;
  const run = async () => {
    running = true;
    waiting = false;
    try {
      await job();
    } catch (error) {
      logError(server, 'diagnostics', error);
    }
    running = false;
    // what came while the job ran
    if (waiting) setTimeout(run, GATHER);
  };
  return () => {
    if (!waiting && !running) setTimeout(run, GATHER);
    waiting = true;
  };
}
