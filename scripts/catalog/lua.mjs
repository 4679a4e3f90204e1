// Reading Lua source as a syntax tree: what luaparse cannot parse is blanked, byte positions are kept.
import { readFileSync } from 'node:fs';
import luaparse from 'luaparse';

/**
 * Parses one Lua file.
 * In: its path. Out: `source` (a byte a character, as Lua sees it) and `ast` (luaparse's tree with ranges and lines).
 */
export function parseLua(path) {
  const source = readFileSync(path, 'latin1')
    .replace(/^#[^\n]*/, line => ' '.repeat(line.length))
    // Lua 5.4's attributes, `local x <const> = 1`: luaparse stops at 5.3
    .replace(/<(?:const|close)>/g, attribute => ' '.repeat(attribute.length));
  const ast = luaparse.parse(source, {
    luaVersion: '5.3',
    encodingMode: 'pseudo-latin1',
    ranges: true,
    locations: true,
    comments: false,
  });
  return { source, ast };
}

/** The text that Lua bytes mean to a reader: in: a byte a character; out: UTF-8 decoded, bytes that are not UTF-8 replaced. */
export const decode = bytes => Buffer.from(bytes, 'latin1').toString('utf8');

/** Calls `visit(node, ancestors)` for every node, parents first; ancestors are nearest last. */
export function walk(node, visit, ancestors = []) {
  visit(node, ancestors);
  const inner = [...ancestors, node];
  for (const [key, value] of Object.entries(node)) {
    if (key === 'loc' || key === 'range') continue;
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child && typeof child === 'object' && typeof child.type === 'string') walk(child, visit, inner);
    }
  }
}

/**
 * The parts of a call, whichever of Lua's three ways it is written in.
 * Out: `{ base, args }`, or undefined when the node is no call.
 */
export function callOf(node) {
  if (node?.type === 'CallExpression') return { base: node.base, args: node.arguments };
  if (node?.type === 'StringCallExpression') return { base: node.base, args: [node.argument] };
  if (node?.type === 'TableCallExpression') return { base: node.base, args: [node.arguments] };
  return undefined;
}

/** `object:name` or `object.name`: out: `{ object, name, indexer }` or undefined. */
export function memberOf(node) {
  return node?.type === 'MemberExpression' ? { object: node.base, name: node.identifier.name, indexer: node.indexer } : undefined;
}

/** A node's own text on one line, at most `limit` characters. */
export function textOf(node, source, limit = 90) {
  const text = decode(source.slice(node.range[0], node.range[1])).replace(/\s+/g, ' ');
  return text.length > limit ? `${text.slice(0, limit - 1)}…` : text;
}
