import type { ForGenericStatement, ForNumericStatement, LoopStatement } from '../syntax/index.js';
import { call } from './access.js';
import { evaluate, evaluateList } from './expressions.js';
import { afterMaybe, type Completion, eitherOrder, joinLists, takeAll, tooDoubtful } from './joins.js';
import { atToken, tokenBehind } from './library/lines.js';
import { turnedAround } from './library/pairs.js';
import { reasonOf, toNumber } from './operators.js';
import { type Frame, fault, innerScope, originOf, step, work } from './run.js';
import { declare, runBlock, runStatements } from './statements.js';
import { float, integer, type NumberValue, type Origin, truth, unknown, type Value, valueAt } from './values.js';

type Loop = ForNumericStatement | ForGenericStatement | LoopStatement;

export function runWhile(frame: Frame, node: LoopStatement): Completion {
  const at = originOf(frame, node);
  const jumps = new Jumps(frame);
  for (;;) {
    step(frame.run, at);
    const condition = evaluate(frame, node.condition);
    const known = truth(condition);
    if (known === undefined) return maybe(frame, node, condition, () => runBlock(frame, node.body));
    if (!known) return jumps.passed;
    const completion = runBlock(frame, node.body);
    if (jumps.taken(completion)) return ended(frame, node, completion, () => runWhile(frame, node));
  }
}

export function runRepeat(frame: Frame, node: LoopStatement): Completion {
  const at = originOf(frame, node);
  const jumps = new Jumps(frame);
  for (;;) {
    step(frame.run, at);
    // the condition sees the body's locals
    const inner = innerScope(frame);
    const completion = runStatements(inner, node.body);
    if (jumps.taken(completion)) return ended(frame, node, completion, () => runRepeat(frame, node));
    const condition = evaluate(inner, node.condition);
    const known = truth(condition);
    if (known === undefined) return maybe(frame, node, condition, () => runBlock(frame, node.body));
    if (known) return jumps.passed;
  }
}

/** `for i = a, b, c` (forprep of lvm.c): all whole where start and step are, else floats. */
export function runNumericFor(frame: Frame, node: ForNumericStatement): Completion {
  const at = originOf(frame, node);
  const bounds = [node.start, node.end, ...(node.step ? [node.step] : [])].map(bound => evaluate(frame, bound));
  const open = bounds.find(bound => bound.kind === 'unknown');
  if (open) return maybe(frame, node, open, () => turn(frame, node, [unknown(reasonOf(open), at)]));
  const [start, end, by] = bounds as [Value, Value, Value?];
  const isFloat = !isInteger(start) || (by !== undefined && !isInteger(by));
  const bounded = () => {
    // Lua looks at them in this order
    const last = loopNumber(end, 'limit', at).value;
    const stride = by ? loopNumber(by, 'step', at).value : 1;
    const first = loopNumber(start, 'initial value', at).value;
    if (stride === 0) throw fault("'for' step is zero", at);
    return { first, last, stride };
  };
  const { first, last, stride } = atToken(at, () => tokenBehind(frame, node.step ?? node.end), bounded);
  return count(first);

  function count(from: number): Completion {
    const jumps = new Jumps(frame);
    for (let value = from; stride > 0 ? value <= last : value >= last; value += stride) {
      step(frame.run, at);
      const completion = turn(frame, node, [isFloat ? float(value, at) : integer(value, at)]);
      const next = value + stride;
      if (jumps.taken(completion)) return ended(frame, node, completion, () => count(next));
    }
    return jumps.passed;
  }
}

function isInteger(value: Value): boolean {
  return value.kind === 'number' && !value.float;
}

function loopNumber(value: Value, what: string, at: Origin): NumberValue {
  const number = toNumber(value);
  if (!number) throw fault(`bad 'for' ${what} (number expected, got ${value.kind})`, at);
  return number;
}

export function runGenericFor(frame: Frame, node: ForGenericStatement): Completion {
  const at = originOf(frame, node);
  const values = evaluateList(frame, node.iterators);
  const [iterator, state, initial] = [valueAt(values, 0), valueAt(values, 1), valueAt(values, 2)];
  const backward = iterator.kind === 'function' ? turnedAround(iterator, state) : undefined;
  const walk = (by: Value) => walkOn(frame, node, by, state, initial);
  if (!backward) return walk(iterator);
  return eitherOrder(
    frame.run,
    'the order in which Lua walks a table',
    at,
    () => walk(iterator),
    () => walk(backward()),
  );
}

function walkOn(frame: Frame, node: ForGenericStatement, iterator: Value, state: Value, from: Value): Completion {
  const at = originOf(frame, node);
  if (iterator.kind === 'unknown') return maybe(frame, node, iterator, () => turn(frame, node, [{ ...iterator, more: true }]));
  const jumps = new Jumps(frame);
  for (let control = from; ; ) {
    step(frame.run, at);
    const args = [state, control];
    const next = () => call(frame.run, iterator, args, at, "for iterator 'for iterator'");
    const values = atToken(at, () => frame.base + node.iterators[0]!.range[0], next);
    control = valueAt(values, 0);
    const current = control;
    if (current.kind === 'nil') return jumps.passed;
    if (current.kind === 'unknown') return maybe(frame, node, current, () => turn(frame, node, values));
    const completion = turn(frame, node, values);
    if (jumps.taken(completion)) return ended(frame, node, completion, () => walkOn(frame, node, iterator, state, current));
  }
}

function turn(frame: Frame, node: ForNumericStatement | ForGenericStatement, values: readonly Value[]): Completion {
  const inner = innerScope(frame);
  const names = node.type === 'ForNumericStatement' ? [node.variable] : node.variables;
  names.forEach((name, index) => {
    declare(inner, name.name, valueAt(values, index));
  });
  return runStatements(inner, node.body);
}

/** The jumps out of one loop. Where too much is doubtful, those that are only maybe taken are noted, and the loop goes on. */
class Jumps {
  /** What the jumps that were passed over may return. */
  passed: Completion;

  constructor(private readonly frame: Frame) {}

  /** Whether the loop ends here, for certain or as a way of its own. */
  taken(jump: Completion): jump is NonNullable<Completion> {
    if (!jump || jump.jump === 'goto' || !jump.maybe || !tooDoubtful(this.frame.run)) return jump !== undefined;
    if (jump.jump === 'return') {
      const values =
        this.passed?.jump === 'return' ? joinLists([this.passed.values, jump.values], jump.maybe, null) : jump.values;
      this.passed = { ...jump, values };
    }
    return false;
  }
}

/** The end of a loop whose body jumped out, or may have: then the turns that are left come only maybe. */
function ended(frame: Frame, node: Loop, completion: NonNullable<Completion>, rest: () => Completion): Completion {
  work(frame.run, null, 20);
  const whole = afterMaybe(frame.run, completion, originOf(frame, node), rest);
  return whole?.jump === 'break' ? undefined : whole;
}

/** A loop of which nobody knows how often it turns: what a turn changes can be anything afterwards. */
function maybe(frame: Frame, node: Loop, cause: Value, body: () => Completion): Completion {
  const completion = takeAll(frame.run, reasonOf(cause), originOf(frame, node), [body, () => undefined], true);
  return completion?.jump === 'break' ? undefined : completion;
}
