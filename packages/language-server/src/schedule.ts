/** Milliseconds in which changes are gathered before anything follows them. */
const GATHER = 40;

/**
 * Runs a job soon after a change, once for all changes that come in the meantime, and never twice at a time.
 * @param job never rejects
 */
export function scheduler(job: () => Promise<void>): () => void {
  let waiting = false;
  let running = false;
  const run = async () => {
    running = true;
    waiting = false;
    await job();
    running = false;
    // what came while the job ran
    if (waiting) setTimeout(run, GATHER);
  };
  return () => {
    if (!waiting && !running) setTimeout(run, GATHER);
    waiting = true;
  };
}
