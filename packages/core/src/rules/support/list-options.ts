// Options that are lists: what array and set getters, and core/portmanager.lua, pass over in silence.
import { listEntries, openReason, type TableEntry, type TableValue, toNumber, type Value } from '../../evaluate/index.js';
import { literal } from '../../patch/literal.js';
import type { Misread } from './getters.js';

/** A list that get_option_array or get_option_set reads. A value that is no table is a list of one. */
export function misreadList(value: Value, isSet: boolean, shown: (value: Value) => string): Misread | null {
  if (value.kind === 'string') return isSet ? several(value, shown) : null;
  if (value.kind === 'boolean' && value.value)
    return {
      severity: 'warning',
      message: 'is true, but should be a list',
      why: 'Prosody makes a list of it that has true as its one entry, which matches nothing.',
      help: 'Write a list: { "one"; "two" }.',
      at: value.origin,
    };
  if (value.kind !== 'table' || value.proxy) return null;
  return keyed(value) ?? (isSet ? firstOf(value, entry => unusable(entry.value, shown)) : null);
}

/** `"a, b"` where `{ "a"; "b" }` is meant. */
function several(value: Value, shown: (value: Value) => string): Misread | null {
  if (value.kind !== 'string' || !/\S[,;]\s+\S/.test(value.value)) return null;
  const parts = value.value.split(/[,;]\s+/).map(part => part.trim());
  return {
    severity: 'warning',
    message: `is the one text ${shown(value)}, but should be a list`,
    why: 'Prosody does not look for commas: the list has one entry, the whole text, which matches nothing.',
    help: 'Write a list, each entry in quotes of its own.',
    at: value.origin,
    fix: literal(parts.filter(part => part !== '')),
  };
}

function keyed(value: TableValue): Misread | null {
  for (const [key, { origin, value: inner }] of value.table.entries) {
    if (typeof key !== 'string') continue;
    return {
      severity: 'warning',
      message: 'is a list, in which an entry with a key does not count',
      why: 'Prosody reads the entries without a key; this one is passed over, and nothing is logged.',
      help: 'Write the values alone: { "one"; "two" }.',
      at: origin ?? inner.origin,
    };
  }
  return null;
}

function unusable(value: Value, shown: (value: Value) => string): Misread | null {
  if (value.kind === 'string') return several(value, shown);
  if (value.kind !== 'table' || value.proxy) return null;
  return {
    severity: 'warning',
    message: 'is a list of names, in which a table does not count',
    why: 'Prosody keeps the inner table as one entry, which matches nothing; nothing is logged.',
    help: 'Write all entries into one list.',
    at: value.origin,
  };
}

function firstOf(value: TableValue, judge: (entry: TableEntry) => Misread | null): Misread | null {
  for (const entry of listEntries(value)) {
    const found = judge(entry);
    if (found) return found;
  }
  return null;
}

/** `…_ports`: a number or a list of numbers; each is read by `tonumber` (core/portmanager.lua, `activate`). */
export function misreadPorts(value: Value, shown: (value: Value) => string): Misread | null {
  if (value.kind !== 'table') return misreadPort(value, shown);
  if (value.proxy || openReason(value)) return null;
  return keyed(value) ?? firstOf(value, entry => misreadPort(entry.value, shown));
}

function misreadPort(value: Value, shown: (value: Value) => string): Misread | null {
  if (value.kind === 'nil' || value.kind === 'unknown' || (value.kind === 'boolean' && !value.value)) return null;
  const number = toNumber(value);
  if (number && Number.isInteger(number.value) && number.value > 0 && number.value < 65536) return null;
  const several = value.kind === 'string' && /^\s*\d+(?:\s*[,;\s]\s*\d+)+\s*$/.test(value.value);
  const { severity, at } = { severity: 'error', at: value.origin } as const;
  return {
    severity,
    message: number ? `is ${shown(value)}, which is no port` : `is ${shown(value)}, which is no number`,
    why: number
      ? 'The system refuses it: Prosody logs "Failed to open server port" and does not listen.'
      : 'Prosody logs "Invalid port number specified" and does not listen there.',
    help: 'Write whole numbers from 1 to 65535: { 5222 }. An empty list { } closes the service.',
    at,
    ...(several ? { fix: `{ ${value.value.match(/\d+/g)!.join('; ')} }` } : {}),
  };
}
