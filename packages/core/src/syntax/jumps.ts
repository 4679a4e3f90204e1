import { type Token, tokenAt, tokens } from './lexer.js';
import type { ChunkResult } from './parse.js';

/**
 * Where Lua stops at a jump or label that it refuses; `undefined` where something else is wrong. It checks a label when it
 * has read what follows it, and a jump to nowhere at the end of its function (lparser.c of 5.4: labelstat, leaveblock).
 */
export function jumpStops(text: string, whole: ChunkResult): number | undefined {
  if (whole.ok || !/^label |<goto/.test(whole.message)) return undefined;
  const all = tokens(text).filter(({ kind }) => kind !== 'comment');
  const word = ({ start, end }: Token) => text.slice(start, end);
  const from = all.findIndex(({ end }) => end > whole.index);
  const jumped = /(?:label '|<goto )(\w+)/.exec(whole.message)?.[1];
  const isLabel = (at: number) => all[at] && word(all[at]) === '::' && all[at + 1] && word(all[at + 1]!) === jumped;
  if (whole.message.startsWith('label ')) {
    // labels that follow each other are checked from the last on
    const first = all.findIndex((_, at) => isLabel(at));
    return behindLabel(all, word, first);
  }
  if (whole.message.includes(' jumps ')) {
    const label = all.findIndex((_, at) => at > from && isLabel(at));
    return label < 0 ? undefined : behindLabel(all, word, label);
  }
  const end = functionEnd(all, word, from);
  return end === undefined ? text.length : (all[end + 1]?.start ?? text.length);
}

/** The token behind a label and the empty statements and labels that follow it. */
function behindLabel(all: readonly Token[], word: (token: Token) => string, label: number): number {
  let at = label;
  while (all[at] && (word(all[at]!) === '::' || word(all[at]!) === ';')) at += word(all[at]!) === '::' ? 3 : 1;
  return all[at]?.start ?? all.at(-1)!.end + 1;
}

/** The `end` of the function around a token; `undefined` where that is the chunk. */
function functionEnd(all: readonly Token[], word: (token: Token) => string, token: number): number | undefined {
  const open: { readonly opens: string; readonly at: number }[] = [];
  for (const [at, one] of all.entries()) {
    const keyword = one.kind === 'keyword' ? word(one) : '';
    if (['function', 'if', 'do', 'repeat'].includes(keyword)) open.push({ opens: keyword, at });
    if (keyword !== 'end' && keyword !== 'until') continue;
    const closed = open.pop();
    if (closed?.opens === 'function' && closed.at < token && at > token) return at;
  }
  return undefined;
}

/** The token behind the one at this place. */
export function tokenBehind(text: string, offset: number): Token {
  let token = tokenAt(text, offset);
  while (token.kind === 'comment') token = tokenAt(text, token.end);
  return token;
}
