// What the getters of Prosody's module API make of a value: core/moduleapi.lua, get_option_… of 0.12.3 and 13.0.1.
import type { CatalogValue, OptionReader, ProsodyVersion } from '../../catalog/index.js';
import { listEntries, type Origin, openReason, type Value } from '../../evaluate/index.js';
import type { Severity } from '../finding.js';
import { fails, failure, readNumber, readPeriodOption } from './number-getters.js';
import { listWords } from './words.js';

/** How a value is not what the module that reads it takes. Texts do not name the option; `shown` hides secrets. */
export interface Misread {
  readonly severity: Severity;
  /** Behind the option's name: "is `"yes"`, which is neither true nor false". */
  readonly message: string;
  readonly why: string;
  readonly help: string;
  /** Where in the value it is. */
  readonly at: Origin | null;
  /** The source text to write in its place, where there is one right answer. */
  readonly fix?: string;
}

/** A reading: who reads, for which Prosody, and how a value is shown. */
export interface Reading {
  readonly reader: OptionReader;
  readonly version: ProsodyVersion;
  readonly shown: (value: Value) => string;
}

/** What is wrong with a value for its reader; `null` where nothing is, or where it cannot be known. */
export function misread(value: Value, reading: Reading): Misread | null {
  switch (reading.reader.getter) {
    case 'string':
    case 'path':
      return ofScalar(value, reading, readText);
    case 'boolean':
      return ofScalar(value, reading, readBoolean);
    case 'number':
    case 'integer':
      return ofScalar(value, reading, readNumber);
    case 'period':
      return ofScalar(value, reading, readPeriodOption);
    case 'enum':
      return ofScalar(value, reading, readChoice);
    default:
      return null;
  }
}

/** get_option_scalar: of a list the first entry, silently nil where there is none. */
function ofScalar(value: Value, reading: Reading, read: (value: Value, reading: Reading) => Misread | null): Misread | null {
  if (value.kind !== 'table') return known(value) ? read(value, reading) : null;
  if (openReason(value) || value.proxy) return null;
  const entries = listEntries(value);
  if (entries.length === 1) return read(entries[0]!.value, reading);
  const keyed = value.table.entries.size > 0;
  if (entries.length === 0)
    return {
      severity: fails(reading) ? 'error' : 'warning',
      message: keyed ? 'is a table, but takes one value' : 'is an empty list, but takes one value',
      why: fails(reading)
        ? failure(reading)
        : 'Prosody looks for the first entry of the list and finds none: the option counts as not set, its default is not used, and nothing is logged.',
      help: 'Write the value alone, without braces, or remove the option.',
      at: value.origin,
    };
  return {
    severity: 'warning',
    message: `is a list of ${entries.length}, but takes one value`,
    why: 'Prosody uses the first entry only and logs "does not take a list, using just the first item".',
    help: 'Write one value, without braces.',
    at: value.origin,
  };
}

function known(value: Value): boolean {
  return value.kind === 'string' || value.kind === 'number' || value.kind === 'boolean';
}

/** get_option_string takes everything: `tostring`. */
function readText(value: Value): Misread | null {
  if (value.kind !== 'boolean') return null;
  return {
    severity: 'warning',
    message: `is ${value.value}, but should be a text`,
    why: `Prosody takes it for the text "${value.value}", which counts as set.`,
    help: 'Write the text in quotes; to leave it unset remove the option.',
    at: value.origin,
  };
}

const TRUE = /^(?:true|yes|y|on|1|enabled?)$/i;
const FALSE = /^(?:false|no|n|off|0|disabled?|none)$/i;

/** What a text for yes or no plainly means. */
export function meantBoolean(text: string): boolean | undefined {
  return TRUE.test(text.trim()) ? true : FALSE.test(text.trim()) ? false : undefined;
}

function readBoolean(value: Value, { shown }: Reading): Misread | null {
  if (value.kind === 'boolean') return null;
  if (value.kind === 'string' && (value.value === 'true' || value.value === 'false')) return null;
  if (value.kind === 'number' && (value.value === 0 || value.value === 1)) return null;
  const meant = value.kind === 'string' ? meantBoolean(value.value) : undefined;
  return {
    severity: 'warning',
    message: `is ${shown(value)}, which Prosody does not take for true or false`,
    why: 'Prosody logs "not understood, expecting true/false" and takes it as not set, which mostly works like false, even where the default is true.',
    help: meant === undefined ? 'Write true or false, without quotes.' : `Write ${meant}, without quotes.`,
    at: value.origin,
    ...(meant === undefined ? {} : { fix: String(meant) }),
  };
}

function readChoice(value: Value, { reader, shown }: Reading): Misread | null {
  const values = [...(reader.values ?? []), ...(reader.default ? [reader.default] : [])];
  const literals = values.flatMap(allowed => ('literal' in allowed ? [allowed.literal] : []));
  // of an expression nobody knows the value
  if (literals.length < values.length || literals.length === 0 || value.kind === 'nil' || !('value' in value)) return null;
  if (literals.some(literal => literal === value.value)) return null;
  return {
    severity: 'warning',
    message: `is ${shown(value)}, but mod_${reader.module} knows only ${listWords(choiceWords(values), 'and')}`,
    why: 'Prosody logs "not in set of allowed values" and goes on with the value all the same; what the module does then is chance.',
    help: `Use ${listWords(choiceWords(values), 'or')}.`,
    at: value.origin,
    ...nearChoice(value, literals),
  };
}

/** A choice in another case, or true and false in quotes. */
function nearChoice(value: Value, literals: readonly unknown[]): { fix?: string } {
  if (value.kind !== 'string') return {};
  const word = value.value.trim().toLowerCase();
  const same = literals.filter(literal => String(literal).toLowerCase() === word);
  return same.length === 1 ? { fix: typeof same[0] === 'string' ? `"${same[0]}"` : String(same[0]) } : {};
}

function choiceWords(values: readonly CatalogValue[]): string[] {
  return [...new Set(values.flatMap(value => ('literal' in value ? [JSON.stringify(value.literal)] : [])))];
}
