import type { BinaryOperator } from '../../syntax/index.js';
import { callBack, metaMethod } from '../access.js';
import type { Run } from '../run.js';
import { bool, NIL, type Origin, truth, unknown, type Value, valueAt } from '../values.js';

/** Names of the metamethods of operators (ltm.c). */
const EVENTS: Readonly<Record<string, string>> = {
  '+': '__add',
  '-': '__sub',
  '*': '__mul',
  '/': '__div',
  '%': '__mod',
  '^': '__pow',
  '//': '__idiv',
  '&': '__band',
  '|': '__bor',
  '~': '__bxor',
  '<<': '__shl',
  '>>': '__shr',
  '..': '__concat',
  '<': '__lt',
  '<=': '__le',
  '>': '__lt',
  '>=': '__le',
};

/** What an operator's metamethod gives, or `undefined` where neither operand has one. */
export function operatorHandler(run: Run, operator: BinaryOperator, left: Value, right: Value, at: Origin): Value | undefined {
  if (left.kind !== 'table' && right.kind !== 'table') return undefined;
  const [a, b] = operator === '>' || operator === '>=' ? [right, left] : [left, right];
  const result = handled(run, EVENTS[operator] ?? '', a, b, at);
  if (result === undefined || !/^[<>]=?$/.test(operator)) return result;
  const known = truth(result);
  return known === undefined ? unknown(result.kind === 'unknown' ? result.reason : '', at) : bool(known, at);
}

/** What `-a`, `~a` or `#a` gives where a metamethod says so. */
export function unaryHandler(run: Run, operator: '-' | '~' | '#', operand: Value, at: Origin): Value | undefined {
  return handled(run, { '-': '__unm', '~': '__bnot', '#': '__len' }[operator], operand, operand, at);
}

/** Two tables that are not the same but have `__eq` (luaV_equalobj). */
export function equalityHandler(run: Run, left: Value, right: Value, at: Origin): boolean | undefined {
  if (left.kind !== 'table' || right.kind !== 'table' || left.table === right.table) return undefined;
  const result = handled(run, '__eq', left, right, at);
  return result && truth(result);
}

function handled(run: Run, event: string, left: Value, right: Value, at: Origin): Value | undefined {
  for (const operand of [left, right]) {
    const handler = operand.kind === 'table' ? metaMethod(operand, event) : NIL;
    if (handler.kind !== 'nil') return valueAt(callBack(run, handler, [left, right], at), 0);
  }
  return undefined;
}
