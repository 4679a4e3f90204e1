import { toNumber } from '../operators.js';
import { environmentVariable } from '../prosody/environment.js';
import { setEntry } from '../run.js';
import { bool, float, get, integer, type Key, newTable, string, type TableValue, unknown, type Value } from '../values.js';
import { conversion, type DateParts, datePartsOf, secondsOf } from './dates.js';
import {
  argument,
  badArgument,
  integerArgument,
  libraryFault,
  libraryFunction,
  type NativeCall,
  numberArgument,
  tableArgument,
  textArgument,
  unknowable,
} from './native.js';

const CLOCK = 'the clock';
const ZONE = 'the time zone of the machine';

/** Lua's `os` (loslib.c of 5.4). What depends on the clock, or would change the machine, is unknown. */
export const OS: Readonly<Record<string, Value>> = {
  getenv: libraryFunction('os.getenv', given => [environmentVariable(given.run, textArgument(given, 1), given.at)]),
  time: libraryFunction('os.time', given => [time(given)]),
  date: libraryFunction('os.date', given => [date(given)]),
  difftime: libraryFunction('os.difftime', given => [float(numberArgument(given, 1) - numberArgument(given, 2))]),
  clock: unknowable('os.clock', CLOCK),
  tmpname: unknowable('os.tmpname', 'the name of a temporary file'),
  execute: unknowable('os.execute', 'what a program does'),
  exit: unknowable('os.exit', 'what comes after the end of the program'),
  remove: unknowable('os.remove', 'whether a file can be removed'),
  rename: unknowable('os.rename', 'whether a file can be renamed'),
  setlocale: unknowable('os.setlocale', 'the locales of the machine'),
};

/** Zone names that mean UTC in TZ; without TZ the machine decides. */
const UTC = /^:?(?:(?:Etc\/)?(?:UTC|GMT|Universal|Zulu|UCT)|(?:UTC|GMT)-?0)$/;

function isUtc({ run }: NativeCall): boolean {
  return UTC.test(run.environment?.TZ ?? '');
}

function time(given: NativeCall): Value {
  if (given.args.length === 0 || argument(given, 1).kind === 'nil') return unknown(CLOCK, given.at);
  const table = tableArgument(given, 1);
  const year = field(given, table, 'year');
  const month = field(given, table, 'month');
  const day = field(given, table, 'day');
  const hour = field(given, table, 'hour', 12);
  const min = field(given, table, 'min', 0);
  const sec = field(given, table, 'sec', 0);
  const open = [year, month, day, hour, min, sec].find(part => typeof part !== 'number');
  if (open && typeof open !== 'number') return open;
  if (!isUtc(given)) return unknown(ZONE, given.at);
  const parts = { year, month, day, hour, min, sec } as Omit<DateParts, 'wday' | 'yday'>;
  const seconds = secondsOf(parts);
  const normal = datePartsOf(seconds);
  if (!normal) return unknown('a time that the calendar does not hold', given.at);
  for (const [key, value] of dateEntries(normal)) setEntry(given.run, table.table, key, value, given.at);
  return integer(seconds);
}

/** getfield of loslib.c. */
function field(given: NativeCall, table: TableValue, name: string, fallback?: number): number | Value {
  const value = get(table, name);
  if (value.kind === 'unknown') return value;
  const number = toNumber(value);
  if (number && Number.isInteger(number.value)) return number.value;
  if (value.kind !== 'nil') throw libraryFault(given, `field '${name}' is not an integer`);
  if (fallback === undefined) throw libraryFault(given, `field '${name}' missing in date table`);
  return fallback;
}

function dateEntries(parts: DateParts): [Key, Value][] {
  return [
    ...Object.entries(parts).map(([name, value]): [Key, Value] => [name, integer(value as number)]),
    ['isdst', bool(false)],
  ];
}

function date(given: NativeCall): Value {
  const text = textArgument(given, 1, '%c');
  if (argument(given, 2).kind === 'nil') return unknown(CLOCK, given.at);
  const seconds = integerArgument(given, 2);
  const utc = text.startsWith('!');
  const template = utc ? text.slice(1) : text;
  const parts = datePartsOf(seconds);
  if (!parts) return unknown('a time that the calendar does not hold', given.at);
  const known = utc || isUtc(given);
  if (template.startsWith('*t')) return known ? newTable(dateEntries(parts), given.at) : unknown(ZONE, given.at);
  const made = template.replace(/%(E[cCxXyY]|O[deHImMSuUVwWy]|[EO]?[\s\S]?)/g, (_, letters: string) => {
    const done =
      letters === 's' || (letters.length > 1 && !/^[EO]/.test(letters))
        ? undefined
        : conversion(letters.slice(-1), parts, seconds);
    if (done === undefined || (letters.length === 2 && !/^(?:E[cCxXyY]|O[deHImMSuUVwWy])$/.test(letters))) {
      throw badArgument(given, 1, `invalid conversion specifier '%${letters}'`);
    }
    return done;
  });
  return known ? string(made) : unknown(ZONE, given.at);
}
