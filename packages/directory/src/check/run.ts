import type { DirectorySettings } from '@prosodist/core';
import { DirectoryFailure } from '../internal.js';
import type { DirectoryOptions, Step, StepName } from '../types.js';
import { afterFailure } from './words.js';

/** Whose login is checked, beside what every function takes. Without a password the user's bind is left out. */
export interface CheckOptions extends DirectoryOptions {
  readonly user?: string;
  readonly password?: Buffer;
}

/** A check that is going on. */
export interface Run {
  readonly settings: DirectorySettings;
  readonly options: CheckOptions;
  readonly steps: Step[];
}

/** What a step found; what is left out is null or empty. */
export type Found = Pick<Step, 'verdict' | 'code' | 'did' | 'found'> &
  Partial<Pick<Step, 'prosodyLogs' | 'userSees' | 'help' | 'settings'>>;

const HIDDEN = '•••';

/** Tells that a step begins, for listeners. */
export function started(run: Run, step: StepName, server: string | null): void {
  run.options.onEvent?.({ type: 'started', step, server });
}

/** Notes what a step found, and tells it. */
export function done(run: Run, step: StepName, server: string | null, found: Found, milliseconds: number): Step {
  const whole: Step = {
    step,
    server,
    prosodyLogs: null,
    userSees: null,
    help: null,
    ...found,
    // the place of a password is of use, the password is not
    settings: (found.settings ?? []).map(setting =>
      setting === run.settings.bindPassword ? { ...setting, value: HIDDEN } : setting,
    ),
    milliseconds: Math.round(milliseconds),
  };
  run.steps.push(whole);
  run.options.onEvent?.({ type: 'done', step: whole });
  return whole;
}

/**
 * Takes a step: tells its begin and end, measures it, and makes an error of it when the connection fails meanwhile.
 * @param did what is being done, for that case
 */
export async function takeStep(
  run: Run,
  step: StepName,
  server: string | null,
  did: string,
  act: () => Found | Promise<Found>,
): Promise<Step> {
  started(run, step, server);
  const begin = performance.now();
  let found: Found;
  try {
    found = await act();
  } catch (thrown) {
    if (!(thrown instanceof DirectoryFailure)) throw thrown;
    found = afterFailure(run, thrown, did);
  }
  return done(run, step, server, found, performance.now() - begin);
}

/** Whether going on after a step makes sense. */
export function goesOn(step: Step): boolean {
  return step.verdict === 'ok' || step.verdict === 'warning';
}
