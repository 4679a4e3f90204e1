import { inClass, inSet } from './classes.js';

/**
 * Lua's patterns as lstrlib.c of 5.4 matches them, on strings of one unit a byte (`toByteString`): the same algorithm, so
 * that the same patterns are refused with the same words.
 */

/** What lstrlib.c raises about a pattern. */
export class PatternFault extends Error {}

/** One capture: its text, or the position that `()` stands for. */
export type Capture = string | number;

const UNFINISHED = -1;
const POSITION = -2;
const FAIL = -1;
const MAX_CAPTURES = 32;
/** MAXCCALLS of lstrlib.c: how deep a match may nest. */
const MAX_DEPTH = 200;

/** The matcher of one pattern and one subject (MatchState). */
export class Matcher {
  private level = 0;
  private depth = MAX_DEPTH;
  private readonly starts: number[] = [];
  private readonly lengths: number[] = [];

  /** @param tick is told how much work was done, and may throw */
  constructor(
    private readonly subject: string,
    private readonly pattern: string,
    private readonly tick: (amount: number) => void,
  ) {}

  /** Where a match that starts at `start` ends, or -1. `from` is where in the pattern to begin: 1 behind a `^`. */
  match(start: number, from: number): number {
    this.level = 0;
    this.depth = MAX_DEPTH;
    return this.run(start, from);
  }

  /** How many values a match gives: its captures, or the whole where it has none. */
  get captureCount(): number {
    return Math.max(1, this.level);
  }

  get hasCaptures(): boolean {
    return this.level > 0;
  }

  whole(start: number, end: number): string {
    return this.subject.slice(start, end);
  }

  /** Capture `index` from 0; the whole match where the pattern has no captures (get_onecapture). */
  capture(index: number, start: number, end: number): Capture {
    if (index >= this.level) {
      if (index !== 0) throw new PatternFault(`invalid capture index %${index + 1}`);
      return this.subject.slice(start, end);
    }
    const length = this.lengths[index]!;
    if (length === UNFINISHED) throw new PatternFault('unfinished capture');
    const at = this.starts[index]!;
    return length === POSITION ? at + 1 : this.subject.slice(at, at + length);
  }

  private run(subjectAt: number, patternAt: number): number {
    if (this.depth-- === 0) throw new PatternFault('pattern too complex');
    const end = this.steps(subjectAt, patternAt);
    this.depth += 1;
    return end;
  }

  private steps(subjectAt: number, patternAt: number): number {
    const { pattern, subject } = this;
    let s = subjectAt;
    let p = patternAt;
    for (;;) {
      this.tick(1);
      if (p >= pattern.length) return s;
      const char = pattern[p];
      const next = pattern[p + 1];
      if (char === '(') return next === ')' ? this.open(s, p + 2, POSITION) : this.open(s, p + 1, UNFINISHED);
      if (char === ')') return this.close(s, p + 1);
      if (char === '$' && p + 1 === pattern.length) return s === subject.length ? s : FAIL;
      if (char === '%' && next === 'b') {
        s = this.balanced(s, p + 2);
        p += 4;
      } else if (char === '%' && next === 'f') {
        p = this.frontier(s, p + 2);
        if (p === FAIL) return FAIL;
      } else if (char === '%' && next !== undefined && next >= '0' && next <= '9') {
        s = this.backReference(s, next.charCodeAt(0) - 49);
        p += 2;
      } else {
        const end = this.classEnd(p);
        const suffix = pattern[end];
        if (!this.single(s, p, end)) {
          if (suffix !== '*' && suffix !== '?' && suffix !== '-') return FAIL;
          p = end + 1;
        } else if (suffix === '*' || suffix === '+') {
          return this.greedy(suffix === '+' ? s + 1 : s, p, end);
        } else if (suffix === '-') {
          return this.lazy(s, p, end);
        } else if (suffix === '?') {
          const result = this.run(s + 1, end + 1);
          if (result !== FAIL) return result;
          p = end + 1;
        } else {
          s += 1;
          p = end;
        }
      }
      if (s === FAIL) return FAIL;
    }
  }

  private open(s: number, p: number, kind: number): number {
    if (this.level >= MAX_CAPTURES) throw new PatternFault('too many captures');
    this.starts[this.level] = s;
    this.lengths[this.level] = kind;
    this.level += 1;
    const end = this.run(s, p);
    if (end === FAIL) this.level -= 1;
    return end;
  }

  private close(s: number, p: number): number {
    const index = this.unfinished();
    this.lengths[index] = s - this.starts[index]!;
    const end = this.run(s, p);
    if (end === FAIL) this.lengths[index] = UNFINISHED;
    return end;
  }

  private unfinished(): number {
    for (let index = this.level - 1; index >= 0; index--) if (this.lengths[index] === UNFINISHED) return index;
    throw new PatternFault('invalid pattern capture');
  }

  private balanced(s: number, p: number): number {
    const { pattern, subject } = this;
    if (p >= pattern.length - 1) throw new PatternFault("malformed pattern (missing arguments to '%b')");
    if (s >= subject.length || subject[s] !== pattern[p]) return FAIL;
    let nested = 1;
    for (let at = s + 1; at < subject.length; at++) {
      this.tick(1);
      if (subject[at] === pattern[p + 1]) {
        nested -= 1;
        if (nested === 0) return at + 1;
      } else if (subject[at] === pattern[p]) nested += 1;
    }
    return FAIL;
  }

  /** Where the pattern goes on behind `%f[set]`, or FAIL. */
  private frontier(s: number, p: number): number {
    const { pattern, subject } = this;
    if (pattern[p] !== '[') throw new PatternFault("missing '[' after '%f' in pattern");
    const end = this.classEnd(p);
    const before = s === 0 ? 0 : subject.charCodeAt(s - 1);
    const after = s < subject.length ? subject.charCodeAt(s) : 0;
    return !inSet(pattern, before, p, end - 1) && inSet(pattern, after, p, end - 1) ? end : FAIL;
  }

  private backReference(s: number, index: number): number {
    if (index < 0 || index >= this.level || this.lengths[index] === UNFINISHED) {
      throw new PatternFault(`invalid capture index %${index + 1}`);
    }
    const length = this.lengths[index]!;
    if (length === POSITION) return FAIL;
    const start = this.starts[index]!;
    this.tick(length >> 4);
    return this.subject.startsWith(this.subject.slice(start, start + length), s) ? s + length : FAIL;
  }

  private greedy(s: number, p: number, end: number): number {
    let count = 0;
    while (this.single(s + count, p, end)) count += 1;
    this.tick(count);
    for (; count >= 0; count--) {
      const result = this.run(s + count, end + 1);
      if (result !== FAIL) return result;
    }
    return FAIL;
  }

  private lazy(from: number, p: number, end: number): number {
    for (let s = from; ; s++) {
      const result = this.run(s, end + 1);
      if (result !== FAIL) return result;
      if (!this.single(s, p, end)) return FAIL;
    }
  }

  private single(s: number, p: number, end: number): boolean {
    if (s >= this.subject.length) return false;
    const code = this.subject.charCodeAt(s);
    const char = this.pattern[p];
    if (char === '.') return true;
    if (char === '%') return inClass(code, this.pattern.charCodeAt(p + 1));
    if (char === '[') {
      this.tick((end - p) / 8);
      return inSet(this.pattern, code, p, end - 1);
    }
    return this.pattern.charCodeAt(p) === code;
  }

  private classEnd(from: number): number {
    const { pattern } = this;
    let p = from + 1;
    if (pattern[from] === '%') {
      if (p >= pattern.length) throw new PatternFault("malformed pattern (ends with '%')");
      return p + 1;
    }
    if (pattern[from] !== '[') return p;
    if (pattern[p] === '^') p += 1;
    do {
      if (p >= pattern.length) throw new PatternFault("malformed pattern (missing ']')");
      if (pattern[p++] === '%' && p < pattern.length) p += 1;
    } while (pattern[p] !== ']');
    return p + 1;
  }
}
