import type { LuaLiteral, OptionValues, PatchScope, Placement } from '@prosodist/core';
import { jsonPosition } from './json-position.js';
import { CommandError } from './status.js';

/** A place in a JSON text that can say what it lacks. */
export class Place {
  /**
   * @param text the JSON text
   * @param path how the place is called, `operations[1].scope`
   * @param keys the way to it in the text
   */
  constructor(
    private readonly source: string,
    private readonly text: string,
    private readonly path: string,
    private readonly keys: readonly (string | number)[],
  ) {}

  inside(key: string | number): Place {
    const path = typeof key === 'number' ? `${this.path}[${key}]` : `${this.path}.${key}`;
    return new Place(this.source, this.text, path, [...this.keys, key]);
  }

  wants(what: string): CommandError {
    return new CommandError(`${this.source}:${jsonPosition(this.text, this.keys)}: ${this.path}: ${what}`);
  }
}

/** Takes what stands at a place, or says what belongs there; values are never repeated, for they may be secret. */
export type Reader<Value> = (json: unknown, place: Place) => Value;

export type Fields = { readonly [key: string]: unknown };

export function object(json: unknown, place: Place, what = 'an object'): Fields {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw place.wants(`expected ${what}`);
  return json as Fields;
}

export function scope(json: unknown, place: Place): PatchScope {
  const expected = () => place.wants('expected "global", {"host": NAME} or {"component": NAME}');
  if (json === 'global') return 'global';
  if (typeof json !== 'object' || json === null || Object.keys(json).length !== 1) throw expected();
  if ('host' in json) return { host: string(json.host, place.inside('host')) };
  if ('component' in json) return { component: string(json.component, place.inside('component')) };
  throw expected();
}

export const OPTION_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

export function optionName(json: unknown, place: Place): string {
  const text = string(json, place);
  if (!OPTION_NAME.test(text)) throw place.wants('expected the name of an option');
  return text;
}

/** A link out of the folder of links is nobody's intention. */
export function fileName(json: unknown, place: Place): string {
  const text = string(json, place);
  if (text.includes('/') || text.startsWith('.')) throw place.wants('expected the name of a file of conf.avail, without folders');
  return text;
}

export function string(json: unknown, place: Place): string {
  if (typeof json !== 'string' || json === '') throw place.wants('expected a string that is not empty');
  return json;
}

export function anyString(json: unknown, place: Place): string {
  if (typeof json !== 'string') throw place.wants('expected a string');
  return json;
}

export function flag(json: unknown, place: Place): boolean {
  if (typeof json !== 'boolean') throw place.wants('expected true or false');
  return json;
}

export function create(json: unknown, place: Place): boolean | 'only' {
  if (typeof json !== 'boolean' && json !== 'only') throw place.wants('expected true, false or "only"');
  return json;
}

export function removal(json: unknown, place: Place): 'delete' | 'comment' {
  if (json !== 'delete' && json !== 'comment') throw place.wants('expected "delete" or "comment"');
  return json;
}

export function placement(json: unknown, place: Place): Placement {
  const expected = () => place.wants('expected "start", "end", {"after": NAME} or {"before": NAME}');
  if (json === 'start' || json === 'end') return json;
  if (typeof json !== 'object' || json === null || Object.keys(json).length !== 1) throw expected();
  if ('after' in json) return { after: string(json.after, place.inside('after')) };
  if ('before' in json) return { before: string(json.before, place.inside('before')) };
  throw expected();
}

export function value(json: unknown, place: Place): LuaLiteral {
  if (json === null || json === undefined) throw place.wants('expected a value; null is none');
  if (Array.isArray(json)) return json.map((item, index) => value(item, place.inside(index)));
  if (typeof json !== 'object') return json as LuaLiteral;
  return Object.fromEntries(Object.entries(json).map(([key, item]) => [key, value(item, place.inside(key))]));
}

export function values(json: unknown, place: Place): readonly LuaLiteral[] {
  if (!Array.isArray(json)) throw place.wants('expected a list');
  return json.map((item, index) => value(item, place.inside(index)));
}

/** At least one: to add or remove nothing is a mistake of whoever made the list. */
export function items(json: unknown, place: Place): readonly LuaLiteral[] {
  const all = values(json, place);
  if (all.length === 0) throw place.wants('expected a list with at least one entry');
  return all;
}

/** Values by the keys of a table; none would fit all, or change nothing. */
export function named(json: unknown, place: Place): OptionValues {
  const all = byName(json, place);
  if (Object.keys(all).length === 0) throw place.wants('expected an object with at least one key');
  return all;
}

function byName(json: unknown, place: Place): OptionValues {
  return Object.fromEntries(Object.entries(object(json, place)).map(([key, item]) => [key, value(item, place.inside(key))]));
}

export function options(json: unknown, place: Place): OptionValues {
  for (const key of Object.keys(object(json, place))) optionName(key, place);
  return byName(json, place);
}

export function path(json: unknown, place: Place): readonly (string | number)[] {
  const expected = () => place.wants('expected a list of the name of an option, then of keys, and positions from 1');
  if (!Array.isArray(json) || json.length === 0) throw expected();
  optionName(json[0], place.inside(0));
  const isStep = (step: unknown) =>
    typeof step === 'number' ? Number.isSafeInteger(step) && step > 0 : typeof step === 'string' && step !== '';
  if (!json.every(isStep)) throw expected();
  return json as (string | number)[];
}
