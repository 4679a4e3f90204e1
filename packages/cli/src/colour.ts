import type { Severity } from '@prosodist/core';
import picocolors from 'picocolors';
import type { Io } from './io.js';

export type Colours = ReturnType<typeof picocolors.createColors>;

/**
 * Whether and how to colour. `--color` decides, then FORCE_COLOR and CLICOLOR_FORCE, then NO_COLOR (no-color.org) and
 * TERM=dumb, then whether somebody looks at it.
 */
export function coloursFor(when: 'auto' | 'always' | 'never', { env, isTTY }: Io): Colours {
  // a plain false: for undefined, picocolors would decide by itself, and colour for a CI
  return picocolors.createColors(when === 'auto' ? automatic(env, isTTY) : when === 'always');
}

function automatic(env: Io['env'], isTTY: boolean): boolean {
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '') return !['0', 'false'].includes(env.FORCE_COLOR);
  if (env.CLICOLOR_FORCE !== undefined && !['', '0'].includes(env.CLICOLOR_FORCE)) return true;
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  return isTTY === true && env.TERM !== 'dumb' && env.CLICOLOR !== '0';
}

/** The colour of a severity. */
export function severityColour(colours: Colours, severity: Severity): (text: string) => string {
  return { error: colours.red, warning: colours.yellow, info: colours.cyan }[severity];
}
