/** The sets and classes of Lua's patterns (lstrlib.c of 5.4), by bytes. */

/** Whether a byte is in the set whose `[` is at `from` and whose `]` is at `end` (matchbracketclass). */
export function inSet(pattern: string, code: number, from: number, end: number): boolean {
  const negated = pattern[from + 1] === '^';
  let p = negated ? from + 1 : from;
  while (++p < end) {
    if (pattern[p] === '%') {
      p += 1;
      if (inClass(code, pattern.charCodeAt(p))) return !negated;
    } else if (pattern[p + 1] === '-' && p + 2 < end) {
      p += 2;
      if (pattern.charCodeAt(p - 2) <= code && code <= pattern.charCodeAt(p)) return !negated;
    } else if (pattern.charCodeAt(p) === code) return !negated;
  }
  return negated;
}

const between = (low: number, high: number) => (code: number) => code >= low && code <= high;
const digit = between(0x30, 0x39);
const lower = between(0x61, 0x7a);
const upper = between(0x41, 0x5a);
const visible = between(0x21, 0x7e);
const letter = (code: number) => lower(code) || upper(code);

/** The classes in the C locale, in which Prosody runs: no byte above 127 is in any of them. */
const CLASSES: Readonly<Record<string, (code: number) => boolean>> = {
  a: letter,
  c: code => code < 0x20 || code === 0x7f,
  d: digit,
  g: visible,
  l: lower,
  p: code => visible(code) && !letter(code) && !digit(code),
  s: code => code === 0x20 || (code >= 9 && code <= 13),
  u: upper,
  w: code => letter(code) || digit(code),
  x: code => digit(code) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66),
};

/** Whether a byte is in the class that the letter behind `%` names, or is that character (match_class). */
export function inClass(code: number, name: number): boolean {
  const test = letter(name) ? CLASSES[String.fromCharCode(name | 0x20)] : undefined;
  return test ? test(code) === lower(name) : code === name;
}
