import type { WorkerSource } from './client.js';

declare global {
  interface Window {
    /** The worker, started by the page's first script. */
    prosodist?: WorkerSource;
  }
}

/** The worker that `first.ts` has started. */
export function firstWorker(): WorkerSource {
  if (!window.prosodist) throw new Error('the first script of the page has not run');
  return window.prosodist;
}
