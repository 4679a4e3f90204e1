import type { Origin } from '../evaluate/index.js';
import { type Changes, NO_CHANGES } from './change.js';
import type { RefusalCode, Step } from './operation.js';

export function changed(why: string, changes: Changes, at: readonly Origin[] = []): Step {
  return { status: 'changed', why, changes, at };
}

export function already(why: string, at: readonly Origin[] = []): Step {
  return { status: 'already', why, changes: NO_CHANGES, at };
}

export function refused(code: RefusalCode, why: string, at: readonly Origin[] = []): Step {
  return { status: 'refused', code, why, changes: NO_CHANGES, at };
}
