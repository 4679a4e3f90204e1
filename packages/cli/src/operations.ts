import { nearestName, type Operation } from '@prosodist/core';
import * as read from './json-place.js';
import { type Fields, Place, type Reader } from './json-place.js';
import { CommandError } from './status.js';

/**
 * Reads a list of operations.
 * @param text JSON: a list, or one operation alone
 * @param source where it is from, for messages
 * @throws CommandError that names the place in the JSON (`operations[1].scope`) and what belongs there; values are never
 *   repeated, for they may be secret
 */
export function parseOperations(text: string, source: string): Operation[] {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw new CommandError(`${source}: not valid JSON${placeOfMistake(text)}`);
  }
  const list = Array.isArray(json) ? json : [json];
  return list.map((item, index) =>
    operation(
      item,
      Array.isArray(json) ? new Place(source, text, `operations[${index}]`, [index]) : new Place(source, text, 'operation', []),
    ),
  );
}

const JSON_TOKEN = /\s*(?:[{}[\],:]|"(?:[^"\\\x00-\x1f]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|(?:true|false|null)\b)/y;

/**
 * Where the text stops to be made of JSON's words; nothing when only their order is wrong. V8's message is of no use: it
 * quotes the text around the mistake, which may hold a secret.
 */
function placeOfMistake(text: string): string {
  JSON_TOKEN.lastIndex = 0;
  let at = 0;
  while (JSON_TOKEN.test(text)) at = JSON_TOKEN.lastIndex;
  const before = text.slice(0, at + /^\s*/.exec(text.slice(at))![0].length);
  if (before.length === text.length) return '';
  const lines = before.split('\n');
  return ` (line ${lines.length}, column ${lines.at(-1)!.length + 1})`;
}

/** An operation by its name. */
type Named<Name, One = Operation> = One extends { readonly op: infer Op } ? (Name extends Op ? One : never) : never;

/** The keys of an operation that may be left out. */
type Optional<One> = { [Key in keyof One]-?: undefined extends One[Key] ? Key : never }[keyof One];

/** For every key of every operation how it is read, so that none of the library's is forgotten here. */
type Shape<One> = {
  readonly must: { readonly [Key in Exclude<keyof One, Optional<One> | 'op'>]: Reader<One[Key]> };
  readonly may: { readonly [Key in Optional<One>]-?: Reader<Exclude<One[Key], undefined>> };
};

const OF_OPTION = { scope: read.scope, name: read.optionName };
const ENSURING = { options: read.options, after: read.string, file: read.string };

const SHAPES: { readonly [Name in Operation['op']]: Shape<Named<Name>> } = {
  set: {
    must: { ...OF_OPTION, value: read.value },
    may: { create: read.create, where: read.placement, reuseDisabled: read.flag, file: read.string },
  },
  unset: { must: OF_OPTION, may: { mode: read.removal } },
  'list.add': {
    must: { ...OF_OPTION, items: read.items },
    may: { where: read.placement, reuseDisabled: read.flag, comment: read.string, file: read.string },
  },
  'list.remove': { must: { ...OF_OPTION, items: read.items }, may: { mode: read.removal, dropEmpty: read.flag } },
  'list.set': { must: { ...OF_OPTION, items: read.values }, may: { file: read.string } },
  'table.set': { must: { scope: read.scope, path: read.path, value: read.value }, may: { file: read.string } },
  'table.unset': { must: { scope: read.scope, path: read.path }, may: {} },
  'table.match': { must: { scope: read.scope, path: read.path, where: read.named, set: read.named }, may: {} },
  'ensure.host': { must: { host: read.string }, may: ENSURING },
  'ensure.component': { must: { host: read.string }, may: { ...ENSURING, module: read.string } },
  'remove.host': { must: { host: read.string }, may: { refs: read.flag } },
  'rename.host': { must: { host: read.string, to: read.string }, may: { refs: read.flag } },
  'component.module': { must: { host: read.string, module: read.string }, may: {} },
  'ensure.include': { must: { pattern: read.string }, may: { file: read.string } },
  'enable.file': { must: { name: read.fileName }, may: {} },
  'disable.file': { must: { name: read.fileName }, may: {} },
  comment: { must: OF_OPTION, may: {} },
  uncomment: { must: OF_OPTION, may: {} },
  'ensure.file': { must: { file: read.string, text: read.anyString }, may: { secret: read.flag } },
  'add.ldap2': { must: {}, may: { host: read.string } },
  'migrate.ldap': { must: {}, may: { host: read.string } },
};

function operation(json: unknown, place: Place): Operation {
  const fields: Fields = read.object(json, place, 'an object with "op"');
  const { op } = fields;
  if (typeof op !== 'string' || !Object.hasOwn(SHAPES, op))
    throw place
      .inside('op')
      .wants(`${meant(op, Object.keys(SHAPES))}expected one of ${Object.keys(SHAPES).map(quote).join(', ')}`);
  const { must, may }: { must: Readers; may: Readers } = SHAPES[op as Operation['op']];
  for (const key of Object.keys(must)) if (!(key in fields)) throw place.wants(`${quote(key)} is missing`);
  const known: Readers = { ...must, ...may };
  const result: Record<string, unknown> = { op };
  for (const [key, item] of Object.entries(fields)) {
    if (key === 'op') continue;
    const reader = Object.hasOwn(known, key) ? known[key] : undefined;
    if (!reader) throw place.inside(key).wants(`${meant(key, Object.keys(known))}an operation ${quote(op)} has no such key`);
    result[key] = reader(item, place.inside(key));
  }
  // what SHAPES reads is what the types say
  return result as unknown as Operation;
}

type Readers = { readonly [key: string]: Reader<unknown> };

/** The name that was meant, if one is near. */
function meant(name: unknown, names: readonly string[]): string {
  const nearest = typeof name === 'string' ? nearestName(name, names) : undefined;
  return nearest === undefined ? '' : `did you mean ${quote(nearest)}? `;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
