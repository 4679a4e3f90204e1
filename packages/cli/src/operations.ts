import type { LuaLiteral, Operation, PatchScope } from '@prosodist/core';
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
    operation(item, new Place(source, Array.isArray(json) ? `operations[${index}]` : 'operation')),
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

/** A place in the JSON that can say what it lacks. */
class Place {
  constructor(
    private readonly source: string,
    private readonly path: string,
  ) {}

  inside(key: string | number): Place {
    return new Place(this.source, typeof key === 'number' ? `${this.path}[${key}]` : `${this.path}.${key}`);
  }

  wants(what: string): CommandError {
    return new CommandError(`${this.source}: ${this.path}: ${what}`);
  }
}

type Fields = { readonly [key: string]: unknown };

const KEYS: { readonly [op: string]: { readonly must: readonly string[]; readonly may: readonly string[] } } = {
  set: { must: ['scope', 'name', 'value'], may: [] },
  'enable.file': { must: ['name'], may: [] },
  'ensure.file': { must: ['file', 'text'], may: ['secret'] },
  'add.ldap2': { must: [], may: ['host'] },
};

function operation(json: unknown, place: Place): Operation {
  const fields = object(json, place);
  const keys = typeof fields.op === 'string' && Object.hasOwn(KEYS, fields.op) ? KEYS[fields.op] : undefined;
  if (!keys) throw place.inside('op').wants(`expected one of ${Object.keys(KEYS).map(quote).join(', ')}`);
  for (const key of keys.must) if (!(key in fields)) throw place.wants(`${quote(key)} is missing`);
  const stray = Object.keys(fields).find(key => key !== 'op' && !keys.must.includes(key) && !keys.may.includes(key));
  if (stray !== undefined) throw place.inside(stray).wants(`an operation ${quote(String(fields.op))} has no such key`);
  switch (fields.op) {
    case 'set':
      return {
        op: 'set',
        scope: scope(fields.scope, place.inside('scope')),
        name: name(fields.name, place.inside('name')),
        value: literal(fields.value, place.inside('value')),
      };
    case 'enable.file':
      return { op: 'enable.file', name: fileName(fields.name, place.inside('name')) };
    case 'ensure.file': {
      const { secret = false } = fields;
      if (typeof secret !== 'boolean') throw place.inside('secret').wants('expected true or false');
      return {
        op: 'ensure.file',
        file: string(fields.file, place.inside('file')),
        text: string(fields.text, place.inside('text'), true),
        secret,
      };
    }
    default:
      return { op: 'add.ldap2', ...('host' in fields && { host: string(fields.host, place.inside('host')) }) };
  }
}

function scope(json: unknown, place: Place): PatchScope {
  const expected = place.wants('expected "global", {"host": NAME} or {"component": NAME}');
  if (json === 'global') return 'global';
  if (typeof json !== 'object' || json === null || Object.keys(json).length !== 1) throw expected;
  if ('host' in json) return { host: string(json.host, place.inside('host')) };
  if ('component' in json) return { component: string(json.component, place.inside('component')) };
  throw expected;
}

function name(json: unknown, place: Place): string {
  const text = string(json, place);
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(text)) throw place.wants('expected the name of an option');
  return text;
}

/** A link out of the folder of links is nobody's intention. */
function fileName(json: unknown, place: Place): string {
  const text = string(json, place);
  if (text.includes('/') || text.startsWith('.')) throw place.wants('expected the name of a file of conf.avail, without folders');
  return text;
}

function string(json: unknown, place: Place, mayBeEmpty = false): string {
  if (typeof json !== 'string' || (json === '' && !mayBeEmpty))
    throw place.wants(mayBeEmpty ? 'expected a string' : 'expected a string that is not empty');
  return json;
}

function literal(json: unknown, place: Place): LuaLiteral {
  if (json === null || json === undefined) throw place.wants('expected a value; null is none');
  if (Array.isArray(json)) return json.map((item, index) => literal(item, place.inside(index)));
  if (typeof json !== 'object') return json as LuaLiteral;
  return Object.fromEntries(Object.entries(json).map(([key, item]) => [key, literal(item, place.inside(key))]));
}

function object(json: unknown, place: Place): Fields {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw place.wants('expected an object with "op"');
  return json as Fields;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
