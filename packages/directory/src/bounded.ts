import { DirectoryFailure, type FailureCode } from './failure.js';

/** How long something may take, and who may end it before. */
export interface Limit {
  readonly milliseconds: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Waits for something that ends in a callback, no longer than the limit says. `start` begins it and returns how to take it down
 * (listeners off; `failed` says whether it came to nothing): that is called in every case, once, so no timer and no listener stays.
 * @param late the failure when the time is over
 * @returns what `start` resolved with; rejects with its failure, with `late`, or with `aborted`
 */
export function bounded<T>(
  limit: Limit,
  late: { readonly code: FailureCode; readonly what: string },
  start: (resolve: (value: T) => void, reject: (failure: Error) => void) => (failed: boolean) => void,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const { signal } = limit;
    if (signal?.aborted) {
      reject(aborted());
      return;
    }
    let settled = false;
    let down: ((failed: boolean) => void) | undefined;
    const settle = (failed: boolean, act: () => void) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      down?.(failed);
      act();
    };
    const fail = (failure: Error) => settle(true, () => reject(failure));
    const onAbort = () => fail(aborted());
    const timer = setTimeout(
      () => fail(new DirectoryFailure(late.code, `${late.what} within ${seconds(limit.milliseconds)}`)),
      Math.max(0, limit.milliseconds),
    );
    signal?.addEventListener('abort', onAbort);
    down = start(value => settle(false, () => resolve(value)), fail);
    // what ended while it began has not been taken down yet
    if (settled) down(true);
  });
}

/** `1.5 s` of 1500. */
export function seconds(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${Math.round(milliseconds / 100) / 10} s`;
}

function aborted(): DirectoryFailure {
  return new DirectoryFailure('aborted', 'it was called off');
}
