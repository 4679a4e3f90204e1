import { readString } from '../syntax/index.js';
import type { Range } from '../text/index.js';

/** What stands for a secret. */
export const MASK = '•••';

/** Characters of a strong secret by which it is looked up. */
const HEAD = 8;

/** The values of secrets, for finding them where their place tells nothing: in messages, comments, other options. */
export class SecretValues {
  private readonly all = new Set<string>();
  /** Lengths of those that no text holds by chance, by their heads: there may be one a host, and messages are many. */
  private readonly strong = new Map<string, Set<number>>();

  add(value: string): void {
    for (const form of [value, decodeEscapes(value)]) {
      if (form.trim() === '' || this.all.has(form)) continue;
      this.all.add(form);
      if (!isStrong(form)) continue;
      const head = form.slice(0, HEAD);
      const lengths = this.strong.get(head) ?? new Set();
      this.strong.set(head, lengths.add(form.length));
    }
  }

  has(value: string): boolean {
    return this.all.has(value);
  }

  /** Where a text holds a secret that it cannot hold by chance. */
  occurrences(text: string): Range[] {
    const found: Range[] = [];
    if (this.strong.size === 0) return found;
    for (let at = 0; at + HEAD <= text.length; at++) {
      for (const length of this.strong.get(text.slice(at, at + HEAD)) ?? [])
        if (this.all.has(text.slice(at, at + length))) found.push({ start: at, end: at + length });
    }
    return found;
  }

  /**
   * A message without secrets. A value that is an ordinary word ("secret") is hidden only where the message quotes it:
   * elsewhere it is the message's own word.
   */
  hide(message: string): string {
    if (this.all.size === 0) return message;
    const out = maskRanges(message, this.occurrences(message));
    return out
      .replace(/"[^"]*"/g, this.hideQuoted)
      .replace(/'[^']*'/g, this.hideQuoted)
      .replace(/`[^`]*`/g, this.hideQuoted);
  }

  private readonly hideQuoted = (quoted: string): string => {
    const [quote, inside] = [quoted[0]!, quoted.slice(1, -1)];
    if (this.all.has(inside)) return `${quote}${MASK}${quote}`;
    return quote + inside.replace(/[^\s"'`=;,(){}[\]]+/g, word => (this.all.has(word) ? MASK : word)) + quote;
  };
}

/** The text with the ranges masked. A line break inside one stays, so that lines can be counted. */
export function maskRanges(text: string, ranges: readonly Range[]): string {
  let out = '';
  let at = 0;
  for (const { start, end } of joined(ranges)) {
    out += text.slice(at, start) + text.slice(start, end).replace(/[^\r\n]+/g, MASK);
    at = end;
  }
  return out + text.slice(at);
}

/** The ranges sorted, those that touch made one, empty ones left out. */
export function joined(ranges: readonly Range[]): Range[] {
  const out: { start: number; end: number }[] = [];
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = out.at(-1);
    if (end <= start) continue;
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else out.push({ start, end });
  }
  return out;
}

/** Long, without blanks, and with a digit or mixed case: no word of a language. */
function isStrong(value: string): boolean {
  return value.length >= HEAD && !/\s/.test(value) && /\d|[a-z].*[A-Z]|[A-Z].*[a-z]/.test(value);
}

function decodeEscapes(value: string): string {
  return value.includes('\\') ? readString(`"${value}"`).value : value;
}
