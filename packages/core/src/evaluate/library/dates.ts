/** Dates as C's `gmtime`, `timegm` and `strftime` make them in the C locale, always in UTC. */

export interface DateParts {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly min: number;
  readonly sec: number;
  /** 1 is Sunday. */
  readonly wday: number;
  /** 1 is the first of January. */
  readonly yday: number;
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const DAY_MS = 86_400_000;

/** The parts of a time in seconds; `undefined` where JavaScript's calendar ends. */
export function datePartsOf(seconds: number): DateParts | undefined {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return undefined;
  const year = date.getUTCFullYear();
  const yday = Math.floor((date.getTime() - startOfYear(year)) / DAY_MS) + 1;
  return {
    year,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    min: date.getUTCMinutes(),
    sec: date.getUTCSeconds(),
    wday: date.getUTCDay() + 1,
    yday,
  };
}

/** The time in seconds of a date whose parts may lie outside their ranges; NaN where the calendar ends. */
export function secondsOf({ year, month, day, hour, min, sec }: Omit<DateParts, 'wday' | 'yday'>): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, min, sec, 0);
  return date.getTime() / 1000;
}

function startOfYear(year: number): number {
  const date = new Date(0);
  return date.setUTCFullYear(year, 0, 1);
}

const two = (number: number) => String(number).padStart(2, '0');
const blank = (number: number) => String(number).padStart(2, ' ');

/** One conversion of strftime; `undefined` for a letter that it does not have. */
export function conversion(letter: string, parts: DateParts, seconds: number): string | undefined {
  const { year, month, day, hour, min, sec, wday, yday } = parts;
  const all = (template: string) => template.replace(/%(.)/g, (_, inner: string) => conversion(inner, parts, seconds) ?? '');
  const twelve = hour % 12 === 0 ? 12 : hour % 12;
  const week = isoWeek(parts);
  const table: Readonly<Record<string, () => string>> = {
    a: () => DAYS[wday - 1]!.slice(0, 3),
    A: () => DAYS[wday - 1]!,
    b: () => MONTHS[month - 1]!.slice(0, 3),
    B: () => MONTHS[month - 1]!,
    c: () => all('%a %b %e %H:%M:%S %Y'),
    C: () => two(Math.floor(year / 100)),
    d: () => two(day),
    D: () => all('%m/%d/%y'),
    e: () => blank(day),
    F: () => all('%Y-%m-%d'),
    g: () => two(((week.year % 100) + 100) % 100),
    G: () => String(week.year),
    h: () => all('%b'),
    H: () => two(hour),
    I: () => two(twelve),
    j: () => String(yday).padStart(3, '0'),
    m: () => two(month),
    M: () => two(min),
    n: () => '\n',
    p: () => (hour < 12 ? 'AM' : 'PM'),
    r: () => all('%I:%M:%S %p'),
    R: () => all('%H:%M'),
    s: () => String(seconds),
    S: () => two(sec),
    t: () => '\t',
    T: () => all('%H:%M:%S'),
    u: () => String(wday === 1 ? 7 : wday - 1),
    U: () => two(Math.floor((yday + 6 - (wday - 1)) / 7)),
    V: () => two(week.week),
    w: () => String(wday - 1),
    W: () => two(Math.floor((yday + 6 - ((wday + 5) % 7)) / 7)),
    x: () => all('%m/%d/%y'),
    X: () => all('%H:%M:%S'),
    y: () => two(((year % 100) + 100) % 100),
    Y: () => String(year),
    z: () => '+0000',
    Z: () => 'GMT',
    '%': () => '%',
  };
  return Object.hasOwn(table, letter) ? table[letter]!() : undefined;
}

/** The week of ISO 8601, and the year that it belongs to. */
function isoWeek({ year, yday, wday }: DateParts): { week: number; year: number } {
  const weekday = wday === 1 ? 7 : wday - 1;
  const week = Math.floor((yday - weekday + 10) / 7);
  if (week < 1) return { week: weeksIn(year - 1), year: year - 1 };
  return week > weeksIn(year) ? { week: 1, year: year + 1 } : { week, year };
}

function weeksIn(year: number): number {
  const first = new Date(startOfYear(year)).getUTCDay();
  const leap = startOfYear(year + 1) - startOfYear(year) > 365 * DAY_MS;
  return first === 4 || (first === 3 && leap) ? 53 : 52;
}
