// get_option_number, get_option_integer and get_option_period of core/moduleapi.lua.
import type { CatalogValue } from '../../catalog/index.js';
import { toNumber, type Value } from '../../evaluate/index.js';
import type { Misread, Reading } from './getters.js';
import { clearSeconds, readPeriod, secondsWords } from './periods.js';

export function readNumber(value: Value, reading: Reading): Misread | null {
  const { reader, version, shown } = reading;
  const number = toNumber(value);
  if (number) {
    if (version === '0.12') return null;
    const out = outOfRange(value, number.value, reading);
    if (out || reader.getter !== 'integer' || !number.float) return out;
    return {
      severity: 'info',
      message: `is ${shown(value)}, but should be a whole number`,
      why: `Prosody takes ${Math.floor(number.value)} instead and logs "expected an integer, not a float".`,
      help: 'Write a whole number, without point and exponent.',
      at: value.origin,
    };
  }
  const crash = fails(reading);
  const seconds = value.kind === 'string' ? clearSeconds(value.value) : undefined;
  return {
    severity: crash ? 'error' : 'warning',
    message: `is ${shown(value)}, which is no number`,
    why: crash
      ? failure(reading)
      : 'Prosody logs "not understood, expecting a number" and takes it as not set; its default is not used either.',
    help: seconds === undefined ? 'Write a number, without quotes and unit.' : 'Write the number of seconds, without unit.',
    at: value.origin,
    ...(seconds === undefined ? {} : { fix: String(seconds) }),
  };
}

/** Where 13.0 compares what is no number with the bounds, the module that asks for it does not start. */
export function fails({ reader, version }: Reading): boolean {
  const isNumber = reader.getter === 'integer' || (reader.getter === 'number' && (reader.min ?? reader.max) !== undefined);
  return version !== '0.12' && isNumber && isSet(reader.default);
}

export function failure({ reader }: Reading): string {
  return `mod_${reader.module} does not start: Prosody logs "attempt to compare nil with number".`;
}

function isSet(value: CatalogValue | undefined): boolean {
  return value !== undefined && 'literal' in value && value.literal !== null;
}

/** 13.0 clamps; a bound that only running code could tell is not judged. */
function outOfRange(value: Value, number: number, { reader }: Reading, seconds = false): Misread | null {
  const { min, max } = reader;
  if (reader.getter !== 'period' && reader.default && 'literal' in reader.default && reader.default.literal === number)
    return null;
  const [low, high] = [boundOf(min), boundOf(max)];
  const words = (bound: number) => (seconds ? secondsWords(bound) : String(bound));
  const [bound, what] =
    low !== undefined && number < low
      ? [low, `is less than ${words(low)}`]
      : high !== undefined && number > high
        ? [high, `is more than ${words(high)}`]
        : [undefined, ''];
  if (bound === undefined) return null;
  return {
    severity: 'warning',
    message: `${what}, the ${bound === low ? 'least' : 'most'} that mod_${reader.module} takes`,
    why: `Prosody logs "out of bounds" and uses ${words(bound)}.`,
    help: `Write a number within the bounds${low === undefined ? '' : `, from ${words(low)}`}${high === undefined ? '' : ` up to ${words(high)}`}.`,
    at: value.origin,
  };
}

function boundOf(value: CatalogValue | undefined): number | undefined {
  if (!value || !('literal' in value)) return undefined;
  if (typeof value.literal === 'number') return value.literal;
  const period = typeof value.literal === 'string' ? readPeriod(value.literal) : undefined;
  return period?.kind === 'seconds' ? period.seconds : undefined;
}

export function readPeriodOption(value: Value, reading: Reading): Misread | null {
  const { shown } = reading;
  if (value.kind === 'number') return value.value < 0 ? null : outOfRange(value, value.value, reading, true);
  if (value.kind === 'string') return readPeriodText(value, value.value, reading);
  if (value.kind === 'boolean' && !value.value) return null;
  return {
    severity: 'warning',
    message: `is ${shown(value)}, which is no period`,
    why: 'Prosody logs "expects a number or a period description string" and takes it as not set.',
    help: 'Write a number of seconds, or a text such as "2 days"; "never" switches it off.',
    at: value.origin,
  };
}

function readPeriodText(value: Value, text: string, reading: Reading): Misread | null {
  const { shown } = reading;
  if (text === 'never') return null;
  const period = readPeriod(text);
  if (period.kind === 'nothing')
    return {
      severity: 'warning',
      message: `is ${shown(value)}, which is no period`,
      why: 'Prosody logs "not understood, expecting a period" and takes it as not set; its default is not used either.',
      help: 'Write a number of seconds, or a text such as "2 days"; "never" switches it off.',
      at: value.origin,
    };
  const odd = /^\s*(?:-|\d+[.,]\d)/.test(text);
  if (odd)
    return {
      severity: 'warning',
      message: `is ${shown(value)}, of which Prosody reads only ${secondsWords(period.seconds)}`,
      why: `Prosody looks for the first digits and the letter behind them; it knows neither a sign nor a fraction.`,
      help: 'Write whole numbers of a smaller unit, such as "90 minutes"; "never" switches it off.',
      at: value.origin,
    };
  if (period.kind === 'ambiguous') {
    const bare = period.unit === '';
    return {
      severity: 'warning',
      message: `is ${shown(value)}, a period without a clear unit`,
      why: `Prosody takes it for ${secondsWords(period.seconds)} and logs "ambiguous period".`,
      help: bare
        ? 'Write the unit, or the number without quotes for seconds.'
        : `Write the unit in full: "${period.count} minutes", "${period.count} months" or what you mean.`,
      at: value.origin,
      ...(bare ? { fix: period.count } : {}),
    };
  }
  return outOfRange(value, period.seconds, reading, true);
}
