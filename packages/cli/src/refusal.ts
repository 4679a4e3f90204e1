import {
  type FileSystem,
  type Finding,
  type Operation,
  type Origin,
  type Plan,
  positionAt,
  type RefusalCode,
  type SetupStep,
} from '@prosodist/core';
import type { WriteError } from '@prosodist/machine';
import type { Context, Target } from './context.js';
import { jsonRange } from './formats/json.js';
import { linesOf } from './lines.js';
import { remedyFor } from './remedy.js';
import { plural } from './report.js';
import { CommandError, STATUS } from './status.js';
import { shownPath, visible } from './visible.js';

type Outcomes = Plan['outcomes'];

/** An operation that was refused, as it is told. */
export interface Refusal {
  /** Its place in the list of operations, from 0. */
  readonly index: number;
  readonly operation: Operation;
  readonly code: RefusalCode;
  readonly message: string;
  readonly remedy: string;
  /** What it is about, as `file:line:column`. */
  readonly places: readonly string[];
  /** As the JSON contract has it. */
  readonly json: object;
}

/** What is told of a refused operation; its places are in the tree as it was when the operation was tried. */
export function refusalOf(
  context: Context,
  target: Target,
  files: FileSystem,
  outcome: Outcomes[number],
  index: number,
): Refusal {
  const { code = 'dynamic', why, at, operation } = outcome;
  const message = context.secrets.hide(why);
  const remedy = context.secrets.hide(remedyFor(context, target, files, outcome));
  const place = placesIn(files);
  const [first, ...related] = at.map(origin => ({ file: shownPath(origin.file), range: jsonRange(origin, place.textOf) }));
  const where = { ...(first ?? { file: null, range: null }), related };
  const json = { code, message, ...where, operation: operation.op, index, remedy };
  return { index, operation, code, message, remedy, places: at.map(place.shown), json };
}

/** The error for those of the operations that were refused. With `--format json` also prints what the JSON contract says of them. */
export function refusedOperations(context: Context, refusals: readonly Refusal[], outcomes: Outcomes): CommandError {
  const json = refusals.map(refusal => refusal.json);
  if (context.json) printRefusals(context, json, outcomes);
  const told = ({ code, message, remedy, places }: Refusal, then: string, indent: string) => {
    const lines = [...places.map(place => `--> ${place}`), `help: ${visible(remedy)}`].map(line => `\n${indent}  ${line}`);
    return `refused (${code}): ${visible(message)}${then}${lines.join('')}`;
  };
  if (outcomes.length === 1) return new CommandError(told(refusals[0]!, '; nothing was written', ''), STATUS.refused);
  const count = `${refusals.length} of ${outcomes.length} operations ${refusals.length === 1 ? 'is' : 'are'} refused`;
  const each = refusals.map(one => `\n  operation ${one.index + 1} (${one.operation.op}): ${told(one, '', '  ')}`);
  return new CommandError(`${count}; nothing was written${each.join('')}`, STATUS.refused);
}

/** The error for a step of a setup that cannot be done. */
export function refusalOfStep(context: Context, files: FileSystem, step: SetupStep, setup: object): CommandError {
  const place = placesIn(files);
  const hide = (text: string) => visible(context.secrets.hide(text));
  const [first, ...related] = step.at.map(origin => ({ file: shownPath(origin.file), range: jsonRange(origin, place.textOf) }));
  const message = context.secrets.hide(step.what);
  const where = { ...(first ?? { file: null, range: null }), related };
  const remedy = step.help === null ? null : context.secrets.hide(step.help);
  if (context.json) printRefusals(context, [{ code: 'step', message, ...where, step: step.step, remedy }], [], { setup });
  const lines = [
    ...step.at.map(origin => `--> ${place.shown(origin)}`),
    ...(step.help === null ? [] : [`help: ${hide(step.help)}`]),
  ];
  const more = lines.map(line => `\n  ${line}`).join('');
  return new CommandError(`refused: ${hide(step.what)}; nothing was written${more}`, STATUS.refused);
}

/** The error for what a command of `--verify` did not accept. */
export function refusalOfVerify(context: Context, error: WriteError, outcomes: Outcomes): CommandError {
  const message = context.secrets.hide(error.message);
  const command = context.secrets.hide(error.command ?? '');
  const remedy = 'mend what the command says, or leave that --verify out';
  const refused = { code: 'not-verified', message, file: null, range: null, related: [], command, remedy };
  if (context.json) printRefusals(context, [refused], outcomes);
  return new CommandError(visible(message), STATUS.refused, { cause: error });
}

/** The same for a change that brings in errors: it is not what anybody asked for. */
export function refusalOfErrors(
  context: Context,
  files: FileSystem,
  errors: readonly Finding[],
  outcomes: Outcomes,
): CommandError {
  const place = placesIn(files);
  if (context.json) {
    const refusals = errors.map(({ rule, message, help, at }) => ({
      code: 'new-error',
      message: context.secrets.hide(message),
      file: shownPath(at.file),
      range: jsonRange(at, place.textOf),
      related: [],
      rule,
      remedy: context.secrets.hide(help),
    }));
    printRefusals(context, refusals, outcomes);
  }
  const what = `the change brings in ${plural(errors.length, 'error')}; nothing was written`;
  return new CommandError(context.secrets.hide(`${what}${errorLines(errors)}`), STATUS.refused);
}

export function errorLines(errors: readonly Finding[]): string {
  return errors.map(({ rule, message, at }) => `\n  ${visible(shownPath(at.file))}: ${visible(message)} [${rule}]`).join('');
}

function printRefusals({ io, secrets }: Context, refusals: readonly object[], outcomes: Outcomes, more = {}): void {
  const nothing = { changed: false, written: false, files: [], creates: [], links: [], removes: [], applied: [] };
  const json = { ...nothing, outcomes: jsonOutcomes(outcomes, text => secrets.hide(text)), refusals, ...more };
  io.stdout.write(`${JSON.stringify(json, null, 2)}\n`);
}

/** What became of each operation, as the JSON contract has it. */
export function jsonOutcomes(outcomes: Outcomes, hide: (text: string) => string): object[] {
  return outcomes.map(({ operation, status, why }) => ({ operation: operation.op, status, message: hide(why) }));
}

function placesIn(files: FileSystem) {
  const textOf = (file: string) => {
    const read = files.readFile(file);
    return read.ok ? read.text : undefined;
  };
  const shown = ({ file, start }: Origin) => {
    const { line, column } = positionAt(linesOf(textOf(file) ?? ''), start);
    return `${visible(shownPath(file))}:${line}:${column}`;
  };
  return { textOf, shown };
}
