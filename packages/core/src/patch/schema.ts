import type { Operation } from './operation.js';

/** Where editors find the schema of a file of operations: beside the documentation. */
export const OPERATIONS_SCHEMA_FILE = 'docs/operations.schema.json';

type Schema = { readonly [key: string]: unknown };

const ref = (name: string): Schema => ({ $ref: `#/definitions/${name}` });
const text = (description: string): Schema => ({ type: 'string', minLength: 1, description });
const flag = (description: string): Schema => ({ type: 'boolean', default: false, description });

const scope = ref('scope');
const name: Schema = { ...text('Name of the option.'), pattern: '^[A-Za-z_][A-Za-z0-9_]*$' };
const value = ref('value');
const items: Schema = { type: 'array', items: value, minItems: 1, description: 'Entries of the list.' };
const where = ref('placement');
const mode: Schema = { enum: ['delete', 'comment'], default: 'delete', description: 'Take it away, or make a comment of it.' };
const file = text('The file where it goes when it is not there yet: relative to the folder of the entry file, or absolute.');
const path: Schema = {
  type: 'array',
  items: {
    anyOf: [
      { type: 'string', minLength: 1 },
      { type: 'integer', minimum: 1 },
    ],
  },
  minItems: 1,
  description: 'The way into a table: the option, then keys, and places in lists from 1.',
};
const named: Schema = { type: 'object', additionalProperties: value, minProperties: 1 };
const reuseDisabled = flag('Use a commented one instead of writing a new one.');
const host = text('Name of the virtual host or component.');
const ensuring = {
  options: {
    type: 'object',
    propertyNames: { pattern: '^[A-Za-z_][A-Za-z0-9_]*$' },
    additionalProperties: value,
    description: 'Options of the section; those that it has already stay as they are.',
  },
  after: text('The section behind which a new one goes.'),
  file,
};
const fileName: Schema = { ...text('Name of a file of conf.avail, with its ending.'), pattern: '^[^./][^/]*$' };

interface Shape {
  readonly summary: string;
  readonly must: Readonly<Record<string, Schema>>;
  readonly may?: Readonly<Record<string, Schema>>;
}

/** Every operation: what it does, the keys that it must have, and those that it may have. */
const SHAPES: { readonly [Name in Operation['op']]: Shape } = {
  set: {
    summary: 'Gives an option a value in one section.',
    must: { scope, name, value },
    may: {
      create: { enum: [true, false, 'only'], default: true, description: 'false: only where it is set; "only": only where not.' },
      where,
      reuseDisabled,
      file,
    },
  },
  unset: { summary: 'Takes an option out of a section.', must: { scope, name }, may: { mode } },
  'list.add': {
    summary: 'Adds entries to a list; one that is there stays.',
    must: { scope, name, items },
    may: { where, reuseDisabled, comment: text('A remark behind each new entry.'), file },
  },
  'list.remove': {
    summary: 'Takes entries out of a list.',
    must: { scope, name, items },
    may: { mode, dropEmpty: flag('Take the option away with its last entry.') },
  },
  'list.set': {
    summary: 'Gives a list these entries and no others; those that stay keep their places.',
    must: { scope, name, items: { ...items, minItems: 0 } },
    may: { file },
  },
  'table.set': { summary: 'Sets one entry of a table.', must: { scope, path, value }, may: { file } },
  'table.unset': { summary: 'Takes one entry out of a table.', must: { scope, path } },
  'table.match': {
    summary: 'Sets entries of those rows of a table of tables that have certain values.',
    must: {
      scope,
      path,
      where: { ...named, description: 'What a row must have.' },
      set: { ...named, description: 'What it gets.' },
    },
  },
  'ensure.host': { summary: 'A virtual host that is there and has these options.', must: { host }, may: ensuring },
  'ensure.component': {
    summary: 'A component that is there, with this module and these options.',
    must: { host },
    may: { ...ensuring, module: text('Module of the component.') },
  },
  'remove.host': {
    summary: 'Takes a virtual host or component away.',
    must: { host },
    may: { refs: flag('Also the options and list entries that are its name.') },
  },
  'rename.host': {
    summary: 'Gives a virtual host or component another name.',
    must: { host, to: text('The new name.') },
    may: { refs: flag('Also hosts below it, addresses, certificates, and the file that is named after it.') },
  },
  'component.module': {
    summary: 'Gives a component its module.',
    must: { host, module: text('Module of the component.') },
  },
  'ensure.include': {
    summary: 'An Include of a file or folder, however it is spelled.',
    must: { pattern: text('Path or wildcard, as Include takes it.') },
    may: { file },
  },
  'enable.file': { summary: 'Links a file of conf.avail into the included folder.', must: { name: fileName } },
  'disable.file': { summary: 'Takes the link to a file of conf.avail away; the file stays.', must: { name: fileName } },
  comment: { summary: 'Makes comment lines of the statement that sets an option.', must: { scope, name } },
  uncomment: { summary: 'Makes a statement of the comment lines that set an option.', must: { scope, name } },
  'ensure.file': {
    summary: 'A file that is there and has this text; one with other content is refused.',
    must: { file: text('Relative to the folder of the entry file, or absolute.'), text: { type: 'string' } },
    may: { secret: flag('Nobody else may read it.') },
  },
  'add.ldap2': {
    summary: 'Lets the users of a directory log in to a virtual host (mod_auth_ldap2).',
    must: {},
    may: { host: text('The virtual host; may be left out where there is one only.') },
  },
  'migrate.ldap': {
    summary: 'Lets virtual hosts with mod_auth_ldap2 log in with mod_auth_ldap of Prosody itself.',
    must: {},
    may: { host: text('This virtual host only; all that use ldap2 unless given.') },
  },
};

/** Every operation's name, and one sentence about it. */
export const OPERATIONS: readonly { readonly op: Operation['op']; readonly summary: string }[] = (
  Object.keys(SHAPES) as Operation['op'][]
).map(op => ({ op, summary: SHAPES[op].summary }));

/**
 * The schema (JSON Schema, draft 7) of a file of operations: a list, or one operation alone. `npm run docs` writes it to
 * docs/operations.schema.json.
 */
export function operationsSchema(): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Operations of Prosodist',
    description: 'What `prosodist patch -f FILE` is to do: a list of operations, each on what the one before left, or one alone.',
    anyOf: [{ type: 'array', items: ref('operation') }, ref('operation')],
    definitions: {
      operation: { anyOf: Object.keys(SHAPES).map(op => ref(op)) },
      ...Object.fromEntries(Object.entries(SHAPES).map(([op, shape]) => [op, asSchema(op, shape)])),
      scope: {
        description: 'The section: global, a virtual host or a component.',
        anyOf: [
          { const: 'global' },
          { type: 'object', additionalProperties: false, required: ['host'], properties: { host } },
          { type: 'object', additionalProperties: false, required: ['component'], properties: { component: host } },
        ],
      },
      placement: {
        description: 'Where something new goes. A neighbour that is not there counts as none.',
        anyOf: [
          { enum: ['start', 'end'] },
          { type: 'object', additionalProperties: false, required: ['after'], properties: { after: text('The one before it.') } },
          {
            type: 'object',
            additionalProperties: false,
            required: ['before'],
            properties: { before: text('The one behind it.') },
          },
        ],
      },
      value: {
        description:
          'A value of Lua: an array is a list, an object a table with names, {"raw": "…"} an expression of Lua. There is no null.',
        anyOf: [
          { type: ['string', 'number', 'boolean'] },
          { type: 'array', items: ref('value') },
          { type: 'object', additionalProperties: ref('value') },
        ],
      },
    },
  };
}

function asSchema(op: string, { summary, must, may = {} }: Shape): Schema {
  return {
    description: summary,
    type: 'object',
    additionalProperties: false,
    required: ['op', ...Object.keys(must)],
    properties: { op: { const: op }, ...must, ...may },
  };
}
