import { WriteError } from './error.js';
import type { Step } from './step.js';

/**
 * Does the steps in order; when one fails, takes the earlier ones back in the opposite order.
 * @throws WriteError that tells what failed, and what could not be put back, if anything
 */
export function commit(steps: readonly Step[], before: (file: string) => void): void {
  const done: Step[] = [];
  for (const step of steps) {
    try {
      before(step.file);
      step.check();
      step.commit();
      done.push(step);
    } catch (error) {
      const failure = WriteError.from(error, step.file);
      const lost = takeBack(done);
      if (lost.length === 0) throw failure;
      throw new WriteError('failed', `${failure.message}; and it could not be undone: ${lost.join('; ')}`, step.file, {
        cause: error,
      });
    }
  }
}

function takeBack(done: readonly Step[]): string[] {
  const lost: string[] = [];
  for (const step of [...done].reverse()) {
    try {
      step.undo();
    } catch (error) {
      lost.push(`${step.file} holds the new text (${WriteError.from(error).message})`);
    }
  }
  return lost;
}
