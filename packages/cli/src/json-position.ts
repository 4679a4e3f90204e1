import { lineIndex, positionAt } from '@prosodist/core';

const TOKEN = /[\s\ufeff]*([{}[\],:]|"(?:[^"\\]|\\.)*"|[^\s{}[\],:"]+)/y;

/**
 * Where a value stands in a JSON text that is known to be right: `3:14`, line and column from 1.
 * @param keys the way to it; of what is not there, the value that lacks it
 */
export function jsonPosition(text: string, keys: readonly (string | number)[]): string {
  const read = tokensOf(text);
  let at = read.find(0)!.start;
  for (const key of keys) {
    const inside = entryOf(read, at, key);
    if (inside === undefined) break;
    at = inside;
  }
  const { line, column } = positionAt(lineIndex(text), at);
  return `${line}:${column}`;
}

interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function tokensOf(text: string) {
  return {
    find(at: number): Token | undefined {
      TOKEN.lastIndex = at;
      const found = TOKEN.exec(text);
      return found ? { text: found[1]!, start: TOKEN.lastIndex - found[1]!.length, end: TOKEN.lastIndex } : undefined;
    },
  };
}

/** Where the value of a key starts, in the object or list that starts at a place. */
function entryOf(read: ReturnType<typeof tokensOf>, at: number, key: string | number): number | undefined {
  let depth = 0;
  let index = 0;
  let before: Token | undefined;
  for (let token = read.find(at); token; token = read.find(token.end)) {
    if (/^[{[]$/.test(token.text)) depth += 1;
    else if (/^[}\]]$/.test(token.text) && --depth === 0) return undefined;
    if (depth === 0) return undefined;
    const next = read.find(token.end);
    if (depth === 1 && token.text === ':' && before && JSON.parse(before.text) === key) return next?.start;
    if (depth === 1 && typeof key === 'number' && (token.text === ',' || token.start === at)) {
      if (index === key) return next?.start;
      index += 1;
    }
    before = token;
  }
  return undefined;
}
