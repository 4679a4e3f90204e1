// What an operation means for what Prosody has in memory, said a second time and without looking at any text.
import type { LuaLiteral, Operation, PatchScope } from '@prosodist/core';
import type { DumpValue } from '../support/prosody.js';

export type Config = Record<string, Record<string, DumpValue>>;

/**
 * The configuration after an operation; undefined where the operation alone does not say it (files, comments, raw Lua).
 * @param config what Prosody had; it is not changed
 */
export function expectedAfter(config: Config, operation: Operation): Config | undefined {
  const after = structuredClone(config);
  const section = (scope: PatchScope) => {
    const name = scope === 'global' ? '*' : ('host' in scope ? scope.host : scope.component).toLowerCase();
    after[name] ??= {};
    return after[name];
  };
  switch (operation.op) {
    case 'set': {
      if (hasRaw(operation.value)) return undefined;
      const options = section(operation.scope);
      if (!(operation.create === 'only' && operation.name in options)) options[operation.name] = asDumped(operation.value);
      return after;
    }
    case 'unset':
    case 'comment':
      delete section(operation.scope)[operation.name];
      return after;
    case 'list.add': {
      const options = section(operation.scope);
      const { list, named } = split(options[operation.name]);
      let previous: DumpValue | undefined;
      for (const item of operation.items.map(asDumped)) {
        if (list.some(other => same(other, item, operation.name))) continue;
        list.splice(indexFor(list, operation.where, previous), 0, item);
        previous = item;
      }
      options[operation.name] = join(list, named);
      return after;
    }
    case 'list.remove': {
      const options = section(operation.scope);
      if (!(operation.name in options)) return after;
      const { list, named } = split(options[operation.name]);
      const rest = list.filter(item => !operation.items.some(gone => same(item, asDumped(gone), operation.name)));
      options[operation.name] = join(rest, named);
      return after;
    }
    case 'list.set': {
      const options = section(operation.scope);
      const wanted = operation.items.map(asDumped);
      const { list } = split(options[operation.name]);
      // those that are there keep their order
      const kept = list.filter(item => wanted.some(other => same(item, other, operation.name)));
      const sameOrder = JSON.stringify(kept) === JSON.stringify(wanted.filter(item => kept.some(other => same(item, other, ''))));
      options[operation.name] = sameOrder ? wanted : kept.length === wanted.length ? kept : wanted;
      return after;
    }
    case 'table.set': {
      const options = section(operation.scope);
      const [name, ...keys] = operation.path as [string, ...(string | number)[]];
      options[name] = put(options[name], keys, asDumped(operation.value));
      return after;
    }
    case 'table.unset': {
      const options = section(operation.scope);
      const [name, ...keys] = operation.path as [string, ...(string | number)[]];
      options[name] = put(options[name], keys, undefined);
      return after;
    }
    case 'table.match': {
      const options = section(operation.scope);
      const [name] = operation.path as [string];
      const { list, named } = split(options[name]);
      const rows = list.map(row => {
        const fields = row as Record<string, DumpValue>;
        const matches = Object.entries(operation.where).every(([key, value]) => same(fields[key] ?? null, asDumped(value), ''));
        return matches ? { ...fields, ...(asDumped(operation.set) as Record<string, DumpValue>) } : row;
      });
      options[name] = join(rows, named);
      return after;
    }
    case 'ensure.host':
    case 'ensure.component': {
      const name = operation.host.toLowerCase();
      const made: Record<string, DumpValue> =
        operation.op === 'ensure.host'
          ? { defined: true }
          : { component_module: operation.module ?? 'component', load_global_modules: false };
      const options = Object.fromEntries(Object.entries(operation.options ?? {}).map(([key, value]) => [key, asDumped(value)]));
      after[name] = { ...made, ...options, ...after[name] };
      return after;
    }
    case 'component.module':
      after[operation.host.toLowerCase()]!.component_module = operation.module;
      return after;
    case 'remove.host':
      delete after[operation.host.toLowerCase()];
      return operation.refs ? withoutReferences(after, operation.host.toLowerCase()) : after;
    case 'rename.host':
      return renamed(after, operation.host, operation.to, operation.refs === true);
    default:
      return undefined;
  }
}

function hasRaw(value: LuaLiteral): boolean {
  return JSON.stringify(value).includes('"raw"');
}

/** A value as the dump writes it: an empty table is an empty list. */
function asDumped(value: LuaLiteral): DumpValue {
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(item => asDumped(item as LuaLiteral));
  const entries = Object.entries(value).map(([key, item]) => [key, asDumped(item as LuaLiteral)] as const);
  return entries.length === 0 ? [] : Object.fromEntries(entries);
}

/** The list part and the rest of a table; a value alone is a list of one. */
function split(value: DumpValue | undefined): { list: DumpValue[]; named: Map<string, DumpValue> } {
  if (value === undefined || value === null) return { list: [], named: new Map() };
  if (Array.isArray(value)) return { list: [...value], named: new Map() };
  if (typeof value !== 'object') return { list: [value], named: new Map() };
  if (value.$type !== 'table') return { list: [], named: new Map(Object.entries(value)) };
  const entries = value.entries as [DumpValue, DumpValue][];
  return {
    list: entries.filter(([key]) => typeof key === 'number').map(([, item]) => item),
    named: new Map(entries.filter(([key]) => typeof key === 'string').map(([key, item]) => [key as string, item])),
  };
}

function join(list: DumpValue[], named: Map<string, DumpValue>): DumpValue {
  if (named.size === 0) return list;
  if (list.length === 0) return Object.fromEntries(named);
  const sorted = [...named].sort(([a], [b]) => (a < b ? -1 : 1));
  return { $type: 'table', entries: [...list.map((item, index) => [index + 1, item]), ...sorted] as DumpValue[] };
}

function same(a: DumpValue, b: DumpValue, name: string): boolean {
  const text = (value: DumpValue) => (name === 'admins' ? JSON.stringify(value).toLowerCase() : JSON.stringify(sorted(value)));
  return text(a) === text(b);
}

function sorted(value: DumpValue): DumpValue {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.entries(value)
      .sort()
      .map(([key, item]) => [key, sorted(item)]),
  );
}

function indexFor(list: DumpValue[], where: unknown, previous: DumpValue | undefined): number {
  if (where !== undefined && previous !== undefined) return list.findIndex(item => same(item, previous, '')) + 1;
  if (where === 'start') return 0;
  if (where === undefined || where === 'end') return list.length;
  const { after, before } = (typeof where === 'object' && where !== null ? where : {}) as { after?: string; before?: string };
  const at = list.indexOf(after ?? before ?? '');
  if (at < 0) return list.length;
  return after === undefined ? at : at + 1;
}

function put(value: DumpValue | undefined, [key, ...rest]: readonly (string | number)[], to: DumpValue | undefined): DumpValue {
  if (key === undefined) return to ?? null;
  const { list, named } = split(value);
  if (typeof key === 'number') {
    if (rest.length === 0 && to === undefined) list.splice(key - 1, 1);
    else list[key - 1] = put(list[key - 1], rest, to);
  } else if (rest.length === 0 && to === undefined) named.delete(key);
  else named.set(key, put(named.get(key), rest, to));
  return join(list, named);
}

function withoutReferences(config: Config, host: string): Config {
  for (const options of Object.values(config)) {
    for (const [name, value] of Object.entries(options)) {
      if (value === host) delete options[name];
      else if (Array.isArray(value)) {
        const rest = value.filter(item => item !== host && !(Array.isArray(item) && item.includes(host)));
        if (rest.length === 0 && value.length > 0) delete options[name];
        else options[name] = rest;
      }
    }
  }
  return config;
}

function renamed(config: Config, from: string, to: string, refs: boolean): Config {
  if (!refs) return Object.fromEntries(Object.entries(config).map(([name, options]) => [name === from ? to : name, options]));
  const name = new RegExp(`(?<![\\w-])${from.replaceAll('.', '\\.')}(?=\\.(?:key|crt)$|$|/|[^\\w.-])`);
  const rename = (value: DumpValue): DumpValue => {
    if (typeof value === 'string') return value.startsWith('mailto:') ? value : value.replace(name, to);
    if (Array.isArray(value)) return value.map(rename);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rename(item)]));
  };
  return Object.fromEntries(
    Object.entries(config).map(([section, options]) => [
      section.replace(name, to),
      Object.fromEntries(
        Object.entries(options).map(([option, value]) => [option, option === 'smtp_from' ? value : rename(value)]),
      ),
    ]),
  );
}
