import type { LuaLiteral, Operation, PatchScope } from '@prosodist/core';

export type FieldKind = 'scope' | 'name' | 'value' | 'items' | 'host' | 'text' | 'maybe';

export interface Field {
  readonly key: string;
  readonly label: string;
  readonly kind: FieldKind;
  readonly hint?: string;
}

export interface Form {
  readonly op: Operation['op'];
  readonly label: string;
  readonly fields: readonly Field[];
  readonly make: (typed: Readonly<Record<string, string>>, scope: PatchScope) => Operation;
}

/** Something that was typed is not what belongs there: a sentence for people. */
export class WrongInput extends Error {}

const SCOPE: Field = { key: 'scope', label: 'Section', kind: 'scope' };
const NAME: Field = { key: 'name', label: 'Option', kind: 'name' };
const ITEMS: Field = { key: 'items', label: 'Entries', kind: 'items', hint: 'One, or several with commas between them' };
const HOST: Field = { key: 'host', label: 'Host or component', kind: 'host' };

/** The operations of the patcher that a small form can ask for, the usual ones first. */
export const FORMS: readonly Form[] = [
  {
    op: 'set',
    label: 'Set an option',
    fields: [SCOPE, NAME, { key: 'value', label: 'Value', kind: 'value', hint: 'As in the file: "text", true, 5, { "a"; "b" }' }],
    make: (typed, scope) => ({ op: 'set', scope, name: nameIn(typed), value: valueIn(typed.value ?? '') }),
  },
  {
    op: 'unset',
    label: 'Take an option away',
    fields: [SCOPE, NAME],
    make: (typed, scope) => ({ op: 'unset', scope, name: nameIn(typed) }),
  },
  {
    op: 'list.add',
    label: 'Add to a list',
    fields: [SCOPE, NAME, ITEMS],
    make: (typed, scope) => ({ op: 'list.add', scope, name: nameIn(typed), items: itemsIn(typed) }),
  },
  {
    op: 'list.remove',
    label: 'Take out of a list',
    fields: [SCOPE, NAME, ITEMS],
    make: (typed, scope) => ({ op: 'list.remove', scope, name: nameIn(typed), items: itemsIn(typed) }),
  },
  {
    op: 'comment',
    label: 'Comment an option out',
    fields: [SCOPE, NAME],
    make: (typed, scope) => ({ op: 'comment', scope, name: nameIn(typed) }),
  },
  {
    op: 'uncomment',
    label: 'Uncomment an option',
    fields: [SCOPE, NAME],
    make: (typed, scope) => ({ op: 'uncomment', scope, name: nameIn(typed) }),
  },
  {
    op: 'ensure.host',
    label: 'Add a virtual host',
    fields: [{ key: 'host', label: 'Name', kind: 'text', hint: 'Such as meet.example.com' }],
    make: typed => ({ op: 'ensure.host', host: needed(typed, 'host', 'name') }),
  },
  {
    op: 'ensure.component',
    label: 'Add a component',
    fields: [
      { key: 'host', label: 'Name', kind: 'text', hint: 'Such as conference.meet.example.com' },
      { key: 'module', label: 'Module', kind: 'maybe', hint: 'Such as muc; empty for a program of its own' },
    ],
    make: typed => ({
      op: 'ensure.component',
      host: needed(typed, 'host', 'name'),
      ...(typed.module ? { module: typed.module } : {}),
    }),
  },
  {
    op: 'rename.host',
    label: 'Rename a host',
    fields: [HOST, { key: 'to', label: 'New name', kind: 'text' }],
    make: typed => ({ op: 'rename.host', host: needed(typed, 'host', 'host'), to: needed(typed, 'to', 'new name'), refs: true }),
  },
  {
    op: 'remove.host',
    label: 'Remove a host',
    fields: [HOST],
    make: typed => ({ op: 'remove.host', host: needed(typed, 'host', 'host') }),
  },
  {
    op: 'enable.file',
    label: 'Enable a file of conf.avail',
    fields: [{ key: 'name', label: 'File', kind: 'text', hint: 'Its name with its ending: ldap.cfg.lua' }],
    make: typed => ({ op: 'enable.file', name: needed(typed, 'name', 'file') }),
  },
  {
    op: 'disable.file',
    label: 'Disable a file of conf.avail',
    fields: [{ key: 'name', label: 'File', kind: 'text', hint: 'Its name with its ending: ldap.cfg.lua' }],
    make: typed => ({ op: 'disable.file', name: needed(typed, 'name', 'file') }),
  },
  {
    op: 'ensure.include',
    label: 'Include files',
    fields: [{ key: 'pattern', label: 'Path or wildcard', kind: 'text', hint: 'Such as conf.d/*.cfg.lua' }],
    make: typed => ({ op: 'ensure.include', pattern: needed(typed, 'pattern', 'path') }),
  },
  {
    op: 'add.ldap2',
    label: 'Log in with a directory (ldap2)',
    fields: [HOST],
    make: typed => ({ op: 'add.ldap2', host: needed(typed, 'host', 'host') }),
  },
  { op: 'migrate.ldap', label: 'Change from ldap2 to ldap', fields: [], make: () => ({ op: 'migrate.ldap' }) },
];

function needed(typed: Readonly<Record<string, string>>, key: string, label: string): string {
  const text = (typed[key] ?? '').trim();
  if (text === '') throw new WrongInput(`The ${label} is missing.`);
  return text;
}

function nameIn(typed: Readonly<Record<string, string>>): string {
  const name = needed(typed, 'name', 'name of the option');
  if (!/^[A-Za-z_]\w*$/.test(name)) throw new WrongInput('The name of an option has letters, digits and underlines only.');
  return name;
}

/** A value as it is written in a configuration. */
export function valueIn(typed: string): LuaLiteral {
  const text = typed.trim();
  if (text === '') throw new WrongInput('The value is missing.');
  if (text === 'true' || text === 'false') return text === 'true';
  if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text)) return Number(text);
  const plain = /^(["'])([^"'\\\n]*)\1$/.exec(text);
  if (plain) return plain[2]!;
  // a word alone would be the name of a variable, which is nearly never meant
  if (/^[\w.@:/-]+$/.test(text))
    throw new WrongInput(`A text needs quotes: "${text}". Without them it is the name of a variable.`);
  return { raw: text };
}

function itemsIn(typed: Readonly<Record<string, string>>): readonly string[] {
  const items = needed(typed, 'items', 'entry')
    .split(/[,;\n]/)
    .map(item => item.trim().replace(/^(["'])(.*)\1$/, '$2'))
    .filter(item => item !== '');
  if (items.length === 0) throw new WrongInput('The entry is missing.');
  return items;
}
