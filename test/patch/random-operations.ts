import { type Configuration, effective, GLOBAL, type LuaLiteral, type Operation, type PatchScope } from '@prosodist/core';
import fc from 'fast-check';

/** An operation that fits a configuration more often than not: its sections and options, and some that it does not have. */
export type MakeOperation = (configuration: Configuration) => Operation;

const value: fc.Arbitrary<LuaLiteral> = fc.oneof(
  fc.constantFrom<LuaLiteral>('token', 'a "b" \\ c\n', '', true, false, 5280, 1.5, -1),
  fc.constantFrom<LuaLiteral>(['x', 'y'], { key: 'v', 'two words': [1] }, [], [['a', 'b']]),
);
const item = fc.constantFrom<LuaLiteral>('a_new_item', 'persistent_lobby', 'roster', 'one', 7);
const fresh = fc.constantFrom(
  'authentication',
  'c2s_new_option',
  'a_new_option',
  'modules_enabled',
  'admins',
  'ssl',
  'storage',
  'enabled',
);

/** Operations on options, as many kinds as there are. */
export const makeOperation: fc.Arbitrary<MakeOperation> = fc
  .record({
    kind: fc.constantFrom(
      'set',
      'set',
      'set',
      'unset',
      'list.add',
      'list.add',
      'list.remove',
      'table.set',
      'table.unset',
      'comment',
      'uncomment',
      'ensure.host',
      'ensure.component',
      'component.module',
      'remove.host',
      'rename.host',
      'list.set',
    ),
    section: fc.nat(),
    option: fc.nat(),
    fresh,
    known: fc.boolean(),
    value,
    item,
    flag: fc.boolean(),
    where: fc.constantFrom(undefined, 'start' as const, 'end' as const, { after: 'roster' }, { before: 'tls' }),
  })
  .map(({ kind, section, option, fresh, known, value, item, flag, where }) => configuration => {
    const sections = [...configuration.sections.values()].filter(one => !one.name.startsWith('?'));
    const { name: host, kind: sort, options } = sections[section % sections.length]!;
    const scope: PatchScope = host === GLOBAL ? 'global' : sort === 'component' ? { component: host } : { host };
    const names = [...options.keys()].filter(one => /^[A-Za-z_]\w*$/.test(one));
    const name = known && names.length > 0 ? names[option % names.length]! : fresh;
    const at = where === undefined ? {} : { where };
    switch (kind) {
      case 'set':
        return { op: 'set', scope, name, value, ...(flag && at) };
      case 'unset':
        return { op: 'unset', scope, name, mode: flag ? 'comment' : 'delete' };
      case 'list.add':
        return { op: 'list.add', scope, name, items: [item], ...at, ...(flag && { comment: 'a remark' }) };
      case 'list.set':
        return { op: 'list.set', scope, name, items: [item, 'tls'] };
      case 'list.remove': {
        const list = effective(configuration, host, name)?.value;
        const entries =
          list?.kind === 'table'
            ? [...list.table.entries.values()].flatMap(({ value }) => (value.kind === 'string' ? [value.value] : []))
            : [];
        return {
          op: 'list.remove',
          scope,
          name,
          items: [entries[option % Math.max(1, entries.length)] ?? item],
          mode: flag ? 'comment' : 'delete',
        };
      }
      case 'table.set':
        return { op: 'table.set', scope, path: [name, flag ? 'key' : 'a new key'], value };
      case 'table.unset':
        return { op: 'table.unset', scope, path: [name, 'key'] };
      case 'comment':
      case 'uncomment':
        return { op: kind, scope, name };
      case 'ensure.host':
        return {
          op: 'ensure.host',
          host: flag ? `new.${host === GLOBAL ? 'example' : host}` : host,
          options: { [fresh]: value },
          after: host,
        };
      case 'ensure.component':
        return {
          op: 'ensure.component',
          host: `rooms.${host === GLOBAL ? 'example' : host}`,
          module: 'muc',
          ...(flag && { after: host }),
        };
      case 'component.module':
        return { op: 'component.module', host, module: 'muc' };
      case 'remove.host':
        return { op: 'remove.host', host, refs: flag };
      case 'rename.host':
        return { op: 'rename.host', host, to: 'renamed.example', refs: flag };
      default:
        throw new Error(kind);
    }
  });
