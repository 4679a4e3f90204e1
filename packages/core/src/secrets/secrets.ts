import type { Configuration, Key, Value } from '../evaluate/index.js';
import { tokens } from '../syntax/index.js';
import type { Range } from '../text/index.js';
import { holdsSecret, isSecretName } from './names.js';
import { insideString, secretsInText } from './text.js';
import { joined, maskRanges, SecretValues } from './values.js';

type Path = readonly (string | number)[];

/**
 * Knows the secrets of the configurations that it was told of, and hides them: in a file's text by place, in messages by
 * value. With `shown` it hides nothing.
 */
export class Secrets {
  /** By the text they are in, whatever names its file has. */
  private readonly places = new Map<string, Range[]>();
  private readonly values = new SecretValues();
  private readonly known = new Map<string, readonly Range[]>();

  constructor(readonly shown: boolean) {}

  /** Learns the secrets that a configuration sets, wherever their text stands. */
  learn(configuration: Configuration): void {
    if (this.shown) return;
    this.known.clear();
    for (const setting of configuration.settings) this.learnValue(configuration, setting.value, setting.name, [], []);
    for (const { name, key, origin } of configuration.unsetNames) {
      if (typeof key !== 'string' || !isSecretName(key, true)) continue;
      this.values.add(name);
      this.place(configuration, origin.file, origin);
    }
    for (const { text } of configuration.documents.values()) this.learnText(text);
  }

  /** Learns the secrets that a text shows by itself. */
  learnText(text: string): void {
    if (this.shown) return;
    for (const { start, end } of secretsInText(text)) {
      const value = text.slice(start, end);
      this.values.add(value);
      // without quotes Lua takes it apart, and messages speak of its words
      if (!/["'[\n]/.test(text[start - 1] ?? '')) for (const word of value.match(/[A-Za-z_]\w{2,}/g) ?? []) this.values.add(word);
    }
  }

  /** Learns a text that is a secret as a whole, but for its line ends. */
  learnWhole(text: string): void {
    if (this.shown || text === '') return;
    this.known.clear();
    this.places.set(text, [{ start: 0, end: text.length }]);
    this.values.add(text.trim());
  }

  /** Learns a value of JSON, when the option and the way into it say that it is secret; tables are gone through. */
  learnOption(value: unknown, option: string, path: Path = []): void {
    if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) this.learnOption(item, option, [...path, key]);
    } else if (holdsSecret(option, path) && typeof value !== 'boolean') this.values.add(String(value));
  }

  /** Where a text holds secrets: sorted, apart from each other. */
  rangesIn(text: string): readonly Range[] {
    if (this.shown) return [];
    const ranges = this.known.get(text) ?? joined([...this.scan(text), ...(this.places.get(text) ?? [])]);
    this.known.set(text, ranges);
    return ranges;
  }

  /** The same for a part of a file, or a text that is not in any. */
  scan(text: string): Range[] {
    return this.shown ? [] : joined([...secretsInText(text), ...this.loneValue(text), ...this.values.occurrences(text)]);
  }

  /** A message without secrets. */
  hide(message: string): string {
    return this.shown ? message : this.values.hide(message);
  }

  /** A text with the secrets masked that are in it for certain; of words that may be there by chance it keeps its own. */
  hideCertain(text: string): string {
    return this.shown ? text : maskRanges(text, this.values.occurrences(text));
  }

  private learnValue(configuration: Configuration, value: Value, option: string, path: Path, seen: readonly unknown[]): void {
    if (value.kind === 'table') {
      if (seen.includes(value.table)) return;
      for (const [key, entry] of value.table.entries)
        this.learnValue(configuration, entry.value, option, [...path, step(key)], [...seen, value.table]);
      return;
    }
    for (const choice of value.kind === 'unknown' ? (value.choices ?? []) : [])
      this.learnValue(configuration, choice, option, path, seen);
    if ((value.kind !== 'string' && value.kind !== 'number') || !holdsSecret(option, path)) return;
    this.values.add(String(value.value));
    const { origin } = value;
    const text = origin && configuration.documents.get(origin.file)?.text;
    // what a call gives comes from elsewhere: a file, the environment
    if (!origin || typeof text !== 'string' || /^[\w.]+\s*[("'[]/.test(text.slice(origin.start, origin.end))) return;
    const strings = tokens(text, origin.start, origin.end).filter(token => token.kind === 'string');
    if (strings.length === 0) this.place(configuration, origin.file, origin);
    for (const token of strings) this.place(configuration, origin.file, insideString(text, token));
  }

  private place(configuration: Configuration, file: string, { start, end }: Range): void {
    const text = configuration.documents.get(file)?.text;
    if (text === undefined) return;
    const places = this.places.get(text) ?? [];
    places.push({ start, end });
    this.places.set(text, places);
    this.values.add(text.slice(start, end));
  }

  /** The text of an edit may be a value alone, with nothing around it that tells what it is. */
  private loneValue(text: string): Range[] {
    if (/[=\n]/.test(text)) return [];
    const strings = tokens(text).filter(token => token.kind === 'string');
    return strings.map(token => insideString(text, token)).filter(({ start, end }) => this.values.has(text.slice(start, end)));
  }
}

function step(key: Key): string | number {
  return typeof key === 'string' || typeof key === 'number' ? key : '?';
}
