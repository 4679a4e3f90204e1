import { type ScriptToken, scriptTokens } from './script-tokens.js';
import { isTemplate, type JitsiSetting, type JitsiSettings, NOTHING_KNOWN } from './settings.js';

interface Reading {
  readonly tokens: readonly ScriptToken[];
  at: number;
  whole: boolean;
  readonly settings: Map<string, JitsiSetting>;
}

/**
 * Reads Jitsi Meet's config.js without running it: the object literal `config` and plain assignments to what is in it, both at
 * the top of the file. What code may set makes `whole` false.
 * @param text a config.js
 */
export function readConfigScript(text: string): JitsiSettings {
  if (isTemplate(text)) return NOTHING_KNOWN;
  const tokens = scriptTokens(text);
  if (!tokens) return NOTHING_KNOWN;
  const reading: Reading = { tokens, at: 0, whole: true, settings: new Map() };
  while (reading.at < tokens.length) statement(reading);
  return { settings: reading.settings, whole: reading.whole };
}

function statement(reading: Reading): void {
  const start = reading.at;
  const declared = /^(?:var|let|const)$/.test(text(reading)) && text(reading, 1) === 'config' && text(reading, 2) === '=';
  if (declared) {
    reading.at += 3;
    if (text(reading) === '{') object(reading, []);
  } else if (text(reading) === 'config') {
    const path = assigned(reading);
    if (path) value(reading, path);
  }
  const from = reading.at;
  toEnd(reading, false, start);
  code(reading, from, reading.at);
  if (reading.at === start) reading.at++;
}

/** Code is not run: what it sets is not known, and where it takes `config` as a whole, nothing is. */
function code(reading: Reading, from: number, to: number): void {
  const { tokens } = reading;
  for (let at = from; at < to; at++) {
    if (tokens[at]!.text !== 'config' || tokens[at]!.kind !== 'name' || tokens[at - 1]?.text === '.') continue;
    const inner: Reading = { ...reading, at };
    const path = assigned(inner);
    if (path && tokens[inner.at]) {
      const { start, end } = tokens[inner.at]!;
      forget(reading, path.join('.'));
      reading.settings.set(path.join('.'), { path: path.join('.'), value: null, key: { start, end }, at: { start, end } });
    } else if (tokens[at + 1]?.text !== '.') reading.whole = false;
  }
}

/** A name that is set anew: what was set for it, and in it, is gone. */
function forget({ settings }: Reading, path: string): void {
  for (const other of settings.keys()) if (other === path || other.startsWith(`${path}.`)) settings.delete(other);
}

/** `config.hosts.domain =`: the path, with the reading behind the sign. */
function assigned(reading: Reading): string[] | undefined {
  const start = reading.at;
  const path: string[] = [];
  reading.at++;
  for (;;) {
    if (text(reading) === '.' && reading.tokens[reading.at + 1]?.kind === 'name') path.push(text(reading, 1));
    else if (text(reading) === '[' && reading.tokens[reading.at + 1]?.kind === 'string' && text(reading, 2) === ']')
      path.push(text(reading, 1));
    else break;
    reading.at += text(reading) === '.' ? 2 : 3;
  }
  if (text(reading) === '=' && path.length > 0) {
    reading.at++;
    return path;
  }
  reading.at = start;
  return undefined;
}

/** The members of an object literal; the reading stands at its brace. */
function object(reading: Reading, path: readonly string[]): void {
  reading.at++;
  while (reading.at < reading.tokens.length && text(reading) !== '}') {
    const key = reading.tokens[reading.at]!;
    if (key.text === ',') reading.at++;
    else if (key.kind !== 'mark' && text(reading, 1) === ':') {
      reading.at += 2;
      value(reading, [...path, key.text], key);
    } else {
      // a spread, a method, a shorthand
      reading.whole = false;
      toEnd(reading, true);
    }
  }
  reading.at++;
}

function value(reading: Reading, path: readonly string[], key = reading.tokens[reading.at - 2]!): void {
  const first = reading.tokens[reading.at];
  if (!first) return;
  const name = path.join('.');
  forget(reading, name);
  if (first.text === '{' && first.kind === 'mark') {
    object(reading, path);
    return;
  }
  const from = reading.at;
  toEnd(reading, true);
  const parts = reading.tokens.slice(from, reading.at);
  const last = parts.at(-1) ?? first;
  const at = { start: first.start, end: last.end };
  reading.settings.set(name, { path: name, value: joined(parts), key: { start: key.start, end: key.end }, at });
}

/**
 * Strings put together. `subdomain` and `subdir` are what the web server puts before names for tenants: for the main
 * domain, nothing.
 */
function joined(parts: readonly ScriptToken[]): string | null {
  let made = '';
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 1 ? part.text !== '+' || part.kind !== 'mark' : part.kind === 'mark') return null;
    if (index % 2 === 1) continue;
    if (part.kind === 'name' && parts.length > 1 && !/^(?:subdomain|subdir)$/.test(part.text)) return null;
    if (part.kind === 'name' && parts.length === 1 && !/^(?:true|false)$/.test(part.text)) return null;
    if (part.kind !== 'name' || parts.length === 1) made += part.text;
  }
  return parts.length % 2 === 1 ? made : null;
}

/** To the end of the statement, or (`inside`) of the value: brackets are stepped over whole. */
function toEnd(reading: Reading, inside = false, begin = reading.at): void {
  const { tokens } = reading;
  let depth = 0;
  for (; reading.at < tokens.length; reading.at++) {
    const { text, kind, first } = tokens[reading.at]!;
    const mark = kind === 'mark' ? text : '';
    if (depth === 0 && inside && (mark === ',' || mark === '}' || mark === ';')) return;
    if (depth === 0 && !inside && mark === ';') {
      reading.at++;
      return;
    }
    // a statement may end with its line
    if (depth === 0 && first && reading.at > begin && kind === 'name' && STARTS.test(text)) return;
    if (/^[([{]$/.test(mark)) depth++;
    if (/^[)\]}]$/.test(mark)) depth = Math.max(0, depth - 1);
  }
}

const STARTS = /^(?:var|let|const|config|if|function)$/;

function text({ tokens, at }: Reading, ahead = 0): string {
  return tokens[at + ahead]?.text ?? '';
}
