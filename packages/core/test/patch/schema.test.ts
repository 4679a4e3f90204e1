import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { OPERATIONS, OPERATIONS_SCHEMA_FILE, operationsSchema } from '../../src/index.js';
import { patchCases } from '../support/patch-cases.js';

type Schema = { readonly [key: string]: unknown };
const schema = operationsSchema() as Schema;

describe('the schema of operations', () => {
  it('docs/operations.schema.json is current (npm run docs writes it)', () => {
    const file = fileURLToPath(new URL(`../../../../${OPERATIONS_SCHEMA_FILE}`, import.meta.url));
    assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), schema);
  });

  it('takes the operations of all cases', () => {
    for (const one of patchCases()) assert.ok(fits(schema, one.operations), `${one.id} ${one.title}`);
  });

  it('takes one operation alone', () => assert.ok(fits(schema, { op: 'add.ldap2' })));

  const set = { op: 'set', scope: 'global', name: 'a', value: 1 };
  const wrong: readonly [string, unknown][] = [
    ['no operation', {}],
    ['an unknown one', { op: 'sett' }],
    ['a scope that is none', { ...set, scope: { hots: 'a' } }],
    ['two scopes', { ...set, scope: { host: 'a', component: 'b' } }],
    ['null', { ...set, value: null }],
    ['null inside', { ...set, value: { a: [null] } }],
    ['a name that is none', { ...set, name: 'a-b' }],
    ['a key that is missing', { op: 'set', scope: 'global', name: 'a' }],
    ['a key too much', { ...set, vlaue: 1 }],
    ['no items', { op: 'list.add', scope: 'global', name: 'a', items: [] }],
    ['a place of 0', { op: 'table.set', scope: 'global', path: ['a', 0], value: 1 }],
    ['a path that leads out', { op: 'enable.file', name: '../x' }],
    ['another mode', { op: 'unset', scope: 'global', name: 'a', mode: 'hide' }],
    ['an option that is none', { op: 'ensure.host', host: 'a', options: { 'b-c': 1 } }],
  ];
  for (const [title, operation] of wrong) it(`does not take ${title}`, () => assert.ok(!fits(schema, [operation])));

  it('tells what each operation does', () => {
    for (const { op, summary } of OPERATIONS) assert.ok(/^[A-Z].*\.$/.test(summary), op);
  });
});

/** As much of JSON Schema as this schema uses. A keyword that is not known here fails. */
function fits(rule: Schema, json: unknown): boolean {
  return Object.entries(rule).every(([keyword, want]) => {
    const object =
      typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Record<string, unknown>) : undefined;
    switch (keyword) {
      case '$schema':
      case 'title':
      case 'description':
      case 'default':
      case 'definitions':
        return true;
      case '$ref':
        return fits((schema.definitions as Record<string, Schema>)[String(want).replace('#/definitions/', '')]!, json);
      case 'anyOf':
        return (want as Schema[]).some(one => fits(one, json));
      case 'const':
        return json === want;
      case 'enum':
        return (want as unknown[]).includes(json);
      case 'type':
        return [want].flat().some(type => isOf(type as string, json));
      case 'minLength':
        return typeof json !== 'string' || json.length >= (want as number);
      case 'minimum':
        return typeof json !== 'number' || json >= (want as number);
      case 'pattern':
        return typeof json !== 'string' || new RegExp(want as string).test(json);
      case 'minItems':
        return !Array.isArray(json) || json.length >= (want as number);
      case 'items':
        return !Array.isArray(json) || json.every(item => fits(want as Schema, item));
      case 'minProperties':
        return !object || Object.keys(object).length >= (want as number);
      case 'required':
        return !object || (want as string[]).every(key => key in object);
      case 'properties':
        return (
          !object ||
          Object.entries(want as Record<string, Schema>).every(([key, one]) => !(key in object) || fits(one, object[key]))
        );
      case 'propertyNames':
        return !object || Object.keys(object).every(key => fits(want as Schema, key));
      case 'additionalProperties': {
        const known = Object.keys((rule.properties as object | undefined) ?? {});
        const others = Object.entries(object ?? {}).filter(([key]) => !known.includes(key));
        return want === false ? others.length === 0 : others.every(([, item]) => fits(want as Schema, item));
      }
      default:
        throw new Error(`no such keyword here: ${keyword}`);
    }
  });
}

function isOf(type: string, json: unknown): boolean {
  if (type === 'array') return Array.isArray(json);
  if (type === 'integer') return Number.isInteger(json);
  if (type === 'object') return typeof json === 'object' && json !== null && !Array.isArray(json);
  return typeof json === type;
}
