import { isTemplate, type JitsiSetting, type JitsiSettings, NOTHING_KNOWN, type Stretch } from './settings.js';

/** The state of one reading. */
interface Reading {
  readonly text: string;
  at: number;
  whole: boolean;
  readonly settings: Map<string, JitsiSetting>;
}

/**
 * Reads the part of HOCON that Jitsi's files are written in: nested objects, dotted names, `=` and `:`, comments, strings.
 * What an include or a substitution brings is not known; what cannot be read is left out, and `whole` becomes false.
 * @param text a jicofo.conf
 */
export function readHocon(text: string): JitsiSettings {
  if (isTemplate(text)) return NOTHING_KNOWN;
  const reading: Reading = { text, at: text.startsWith('\uFEFF') ? 1 : 0, whole: true, settings: new Map() };
  skip(reading);
  const braces = text[reading.at] === '{';
  if (braces) reading.at++;
  members(reading, [], braces, 0);
  skip(reading);
  if (reading.at < text.length) reading.whole = false;
  return { settings: reading.settings, whole: reading.whole };
}

/** Deeper than this nobody nests by hand. */
const DEEPEST = 50;

/** The members of an object, up to its brace or the end of the text. */
function members(reading: Reading, path: readonly string[], closed: boolean, depth: number): void {
  for (;;) {
    skip(reading, true);
    const char = reading.text[reading.at];
    if (char === undefined) {
      if (closed) reading.whole = false;
      return;
    }
    if (char === '}') {
      if (!closed) reading.whole = false;
      reading.at++;
      if (closed) return;
      continue;
    }
    if (!member(reading, path, depth)) {
      reading.whole = false;
      nextLine(reading);
    }
  }
}

function member(reading: Reading, path: readonly string[], depth: number): boolean {
  const { text } = reading;
  if (/^include[ \t(]/.test(text.slice(reading.at, reading.at + 9))) {
    reading.whole = false;
    nextLine(reading);
    return true;
  }
  const start = reading.at;
  const name = keyPath(reading);
  if (!name || depth > DEEPEST) return false;
  const key = { start, end: reading.at };
  skip(reading);
  const sign = /^(?:\+=|=|:)/.exec(text.slice(reading.at, reading.at + 2))?.[0];
  if (sign) reading.at += sign.length;
  skip(reading);
  const full = [...path, ...name];
  if (text[reading.at] === '{') {
    reading.at++;
    members(reading, full, true, depth + 1);
    // what stands behind an object is merged into it
    if (/^[ \t]*[^\s,}\]#/]/.test(text.slice(reading.at, reading.at + 80))) {
      reading.whole = false;
      nextLine(reading);
    }
    return true;
  }
  if (!sign) return false;
  const { value, at } = scalar(reading);
  set(reading, { path: full.join('.'), value: sign === '+=' ? null : value, key, at });
  return true;
}

function set(reading: Reading, setting: JitsiSetting): void {
  for (const other of reading.settings.keys()) if (other.startsWith(`${setting.path}.`)) reading.settings.delete(other);
  reading.settings.set(setting.path, setting);
}

/** `a.b."c.d"` */
function keyPath(reading: Reading): string[] | undefined {
  const parts: string[] = [];
  for (;;) {
    const match = /^(?:"([^"\\\n]*)"|([^\s"{}[\]:=,+#`^?!@*&\\$.]+))/.exec(reading.text.slice(reading.at, reading.at + 300));
    if (!match) return undefined;
    parts.push(match[1] ?? match[2]!);
    reading.at += match[0].length;
    if (reading.text[reading.at] !== '.') return parts;
    reading.at++;
  }
}

/** A value up to the end of its line, a comma or the brace; a list is stepped over and not known. */
function scalar(reading: Reading): { value: string | null; at: Stretch } {
  const { text } = reading;
  const start = reading.at;
  const pieces: string[] = [];
  let known = true;
  let end = start;
  while (reading.at < text.length) {
    const rest = text.slice(reading.at, reading.at + 4);
    if (/^[\n,}\]]|^#|^\/\//.test(rest)) break;
    const from = reading.at;
    if (text.startsWith('"""', from)) {
      const close = text.indexOf('"""', from + 3);
      reading.at = close < 0 ? text.length : close + 3;
      pieces.push(text.slice(from + 3, close < 0 ? text.length : close));
    } else if (rest[0] === '"') {
      const match = /^"((?:[^"\\\n]|\\.)*)"/.exec(text.slice(from, from + 4000));
      if (!match || match[1]!.includes('\\')) known = false;
      reading.at += match ? match[0].length : 1;
      pieces.push(match?.[1] ?? '');
    } else if (rest[0] === '[' || rest[0] === '{' || rest.startsWith('${')) {
      known = false;
      reading.at = closing(text, rest.startsWith('${') ? from + 1 : from);
    } else {
      reading.at++;
      pieces.push(rest[0]!);
    }
    if (!/\s/.test(rest[0]!)) end = reading.at;
  }
  return { value: known ? pieces.join('').trim() : null, at: { start, end } };
}

/** The position behind the bracket that closes the one at `from`. */
function closing(text: string, from: number): number {
  let depth = 0;
  for (const match of text.slice(from).matchAll(/"(?:[^"\\\n]|\\.)*"|\/\/.*|#.*|[[\]{}]/g)) {
    if (/^[[{]$/.test(match[0])) depth++;
    else if (/^[\]}]$/.test(match[0]) && --depth === 0) return from + match.index + 1;
  }
  return text.length;
}

function skip(reading: Reading, commas = false): void {
  const blank = commas ? /^(?:[\s,]|#.*|\/\/.*)+/ : /^(?:\s|#.*|\/\/.*)+/;
  for (;;) {
    const match = blank.exec(reading.text.slice(reading.at, reading.at + 2000));
    if (!match) return;
    reading.at += match[0].length;
  }
}

function nextLine(reading: Reading): void {
  const end = reading.text.indexOf('\n', reading.at);
  reading.at = end < 0 ? reading.text.length : end + 1;
}
