import type { ForGenericStatement, ForNumericStatement, LoopStatement } from '../syntax/index.js';
import { call } from './access.js';
import { evaluate, evaluateList } from './expressions.js';
import { type Completion, takeAll } from './joins.js';
import { reasonOf } from './operators.js';
import { type Frame, fault, innerScope, originOf, step } from './run.js';
import { declare, runBlock, runStatements } from './statements.js';
import { float, integer, NIL, truth, unknown, type Value } from './values.js';

export function runWhile(frame: Frame, node: LoopStatement): Completion {
  const at = originOf(frame, node);
  for (;;) {
    step(frame.run, at);
    const condition = evaluate(frame, node.condition);
    const known = truth(condition);
    if (known === undefined) return maybe(frame, node, condition, () => runBlock(frame, node.body));
    if (!known) return undefined;
    const completion = runBlock(frame, node.body);
    if (completion) return completion.jump === 'break' ? undefined : completion;
  }
}

export function runRepeat(frame: Frame, node: LoopStatement): Completion {
  const at = originOf(frame, node);
  for (;;) {
    step(frame.run, at);
    // the condition sees the body's locals
    const inner = innerScope(frame);
    const completion = runStatements(inner, node.body);
    if (completion) return completion.jump === 'break' ? undefined : completion;
    const condition = evaluate(inner, node.condition);
    const known = truth(condition);
    if (known === undefined) return maybe(frame, node, condition, () => runBlock(frame, node.body));
    if (known) return undefined;
  }
}

export function runNumericFor(frame: Frame, node: ForNumericStatement): Completion {
  const at = originOf(frame, node);
  const bounds = [node.start, node.end, ...(node.step ? [node.step] : [])].map(bound => evaluate(frame, bound));
  const open = bounds.find(bound => bound.kind === 'unknown');
  if (open) return maybe(frame, node, open, () => turn(frame, node, [unknown(reasonOf(open), at)]));
  const [start, end, by] = bounds.map((bound, index) => {
    const number = bound.kind === 'number' ? bound : undefined;
    if (!number) throw fault(`'for' ${['initial', 'limit', 'step'][index]} value must be a number`, at);
    return number;
  });
  const isFloat = start!.float || (by?.float ?? false);
  const stride = by?.value ?? 1;
  if (stride === 0) throw fault("'for' step is zero", at);
  for (let value = start!.value; stride > 0 ? value <= end!.value : value >= end!.value; value += stride) {
    step(frame.run, at);
    const completion = turn(frame, node, [isFloat ? float(value, at) : integer(value, at)]);
    if (completion) return completion.jump === 'break' ? undefined : completion;
  }
  return undefined;
}

export function runGenericFor(frame: Frame, node: ForGenericStatement): Completion {
  const at = originOf(frame, node);
  const [iterator = NIL, state = NIL, initial = NIL] = evaluateList(frame, node.iterators);
  if (iterator.kind === 'unknown')
    return maybe(frame, node, iterator, () =>
      turn(
        frame,
        node,
        node.variables.map(() => unknown(iterator.reason, at)),
      ),
    );
  let control: Value = initial;
  for (;;) {
    step(frame.run, at);
    const values = call(frame.run, iterator, [state, control], at, "for iterator 'for iterator'");
    control = values[0] ?? NIL;
    if (control.kind === 'nil') return undefined;
    if (control.kind === 'unknown') {
      const reason = control;
      return maybe(frame, node, reason, () =>
        turn(
          frame,
          node,
          node.variables.map((_, index) => values[index] ?? unknown(reason.reason, at)),
        ),
      );
    }
    const completion = turn(frame, node, values);
    if (completion) return completion.jump === 'break' ? undefined : completion;
  }
}

function turn(frame: Frame, node: ForNumericStatement | ForGenericStatement, values: readonly Value[]): Completion {
  const inner = innerScope(frame);
  const names = node.type === 'ForNumericStatement' ? [node.variable] : node.variables;
  names.forEach((name, index) => declare(inner, name.name, values[index] ?? NIL));
  return runStatements(inner, node.body);
}

/** A loop of which nobody knows how often it turns: once more, or not. What it sets is unknown afterwards. */
function maybe(
  frame: Frame,
  node: ForNumericStatement | ForGenericStatement | LoopStatement,
  cause: Value,
  body: () => Completion,
): Completion {
  const completion = takeAll(frame.run, reasonOf(cause), originOf(frame, node), [body, () => undefined]);
  return completion?.jump === 'break' ? undefined : completion;
}
