// From the getters that read an option to what its value should be.
import { coreOptions, usedAs } from './core-options.js';
import type { Getter, OptionReader, OptionType } from './types.js';

const typeOfGetter: Readonly<Record<Getter, OptionType>> = {
  string: 'string',
  boolean: 'boolean',
  number: 'number',
  integer: 'integer',
  period: 'period',
  enum: 'enum',
  array: 'list',
  set: 'set',
  inherited_set: 'set',
  path: 'path',
  scalar: 'scalar',
  any: 'any',
  raw: 'any',
};

/** Types that agree with each other; what accepts most comes last and wins. */
const families: readonly (readonly OptionType[])[] = [
  ['integer', 'number', 'period'],
  ['list', 'set'],
  ['path', 'string'],
  ['string', 'enum'],
];

/**
 * The type of an option. In: its name, all its readers, and whether one compares it with true or false.
 * Out: what was written by hand for it; else what its typed readers agree on, Prosody's own before those of others;
 * `any` where they do not agree, `table` where a plain get_option falls back to a table.
 */
export function typeOfOption(name: string, readers: readonly OptionReader[], comparedWithBoolean: boolean): OptionType {
  if (Object.hasOwn(coreOptions, name)) return coreOptions[name]?.type ?? 'any';
  if (Object.hasOwn(usedAs, name)) return usedAs[name] ?? 'any';
  const own = readers.filter(reader => reader.source === 'prosody' || reader.source === 'core');
  const typed = typesOf(own).length ? typesOf(own) : typesOf(readers);
  if (!typed.length) return untyped(readers, comparedWithBoolean);
  return typed.reduce(agree);
}

const typesOf = (readers: readonly OptionReader[]): OptionType[] =>
  readers.map(reader => typeOfGetter[reader.getter]).filter(type => type !== 'any' && type !== 'scalar');

function agree(left: OptionType, right: OptionType): OptionType {
  if (left === right) return left;
  const family = families.find(types => types.includes(left) && types.includes(right));
  return family?.findLast(type => type === left || type === right) ?? 'any';
}

function untyped(readers: readonly OptionReader[], comparedWithBoolean: boolean): OptionType {
  if (comparedWithBoolean) return 'boolean';
  const table = readers.some(
    ({ default: value }) => value && 'literal' in value && typeof value.literal === 'object' && value.literal !== null,
  );
  if (table) return 'table';
  return readers.some(reader => reader.getter === 'scalar') ? 'scalar' : 'any';
}
