import type { Call, Node } from '../../syntax/index.js';
import { type Frame, LuaFault } from '../run.js';
import type { Origin } from '../values.js';

/**
 * The line that Lua names in an error is that of one token of an expression (lcode.c, luaK_fixline; lparser.c), not that
 * of its start. Here it is looked for only where an expression did raise an error.
 */
export function atToken<Result>(at: Origin, token: () => number, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof LuaFault) || error.at !== at) throw error;
    const start = Math.min(token(), at.end);
    throw new LuaFault(error.value, error.message, { ...at, start }, error.cause);
  }
}

function textOf({ run, file }: Frame): string {
  return (run.builder.documents.get(file) ?? run.builder.chunks.get(file))?.text ?? '';
}

/** The first offset from `from` on that is neither blank, nor in a comment, nor a closing parenthesis. */
function nextToken(frame: Frame, from: number): number {
  const skipped = /(?:[\s)]+|--\[(=*)\[[\s\S]*?\]\1\]|--[^\n]*)*/y;
  skipped.lastIndex = from;
  skipped.exec(textOf(frame));
  return skipped.lastIndex;
}

/** Where a binary operator stands. */
export function operatorAt(frame: Frame, left: Node): number {
  return nextToken(frame, frame.base + left.range[1]);
}

/**
 * The token whose line a call has: where its arguments open in Lua 5.4.6 and later, the expression's first in Debian 12's
 * 5.4.4, on which 0.12 runs.
 */
export function callToken(frame: Frame, node: Call): number {
  if (frame.run.version === '0.12') return frame.base + node.range[0];
  if (node.type === 'CallExpression') return argumentsAt(frame, node);
  return frame.base + (node.type === 'TableCallExpression' ? node.arguments : node.argument).range[0];
}

/**
 * Whether an expression stands in parentheses, which cut what it gives to one value and of which luaparse leaves no trace.
 * @param opening where the parenthesis of the call stands whose argument it is
 */
export function parenthesized(frame: Frame, node: Node, opening = -1): boolean {
  const text = textOf(frame);
  let before = frame.base + node.range[0] - 1;
  while (before >= 0 && /\s/.test(text[before]!)) before--;
  return text[before] === '(' && before !== opening;
}

/** Where the arguments of a call open. */
export function argumentsAt(frame: Frame, node: Call): number {
  return nextToken(frame, frame.base + node.base.range[1]);
}

/** The token behind an expression and the parentheses around it. */
export function tokenBehind(frame: Frame, node: Node): number {
  return nextToken(frame, frame.base + node.range[1]);
}

/** The last token of a node. */
export function lastToken(frame: Frame, node: Node): number {
  return frame.base + Math.max(node.range[0], node.range[1] - 1);
}
