import type { Entry } from './wire/response.js';

/** The first value of an attribute as a text; null when the entry does not have it (or shows it to nobody). */
export function textOf(entry: Entry, attribute: string): string | null {
  return textsOf(entry, attribute)[0] ?? null;
}

/** The values of an attribute as texts; none when the entry does not have it. */
export function textsOf(entry: Entry, attribute: string): readonly string[] {
  return (entry.attributes.get(attribute.toLowerCase()) ?? []).map(value => value.toString('utf8'));
}
