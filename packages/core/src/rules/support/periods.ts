// Periods of time as Prosody 13.0 reads them: util/human/io.lua, parse_duration and parse_duration_lax.

const DAY = 86400;
const MULTIPLIERS: Readonly<Record<string, number>> = {
  s: 1,
  min: 60,
  h: 3600,
  ho: 3600,
  d: DAY,
  w: 7 * DAY,
  mon: 31 * DAY,
  y: 365.2425 * DAY,
};
const LAX: Readonly<Record<string, number>> = { ...MULTIPLIERS, m: 31 * DAY, mo: 31 * DAY, mi: 60 };

/** What a text means as a period. */
export type Period =
  | { readonly kind: 'seconds'; readonly seconds: number }
  /** Understood with a complaint; `seconds` is what Prosody takes it for. */
  | { readonly kind: 'ambiguous'; readonly count: string; readonly unit: string; readonly seconds: number }
  | { readonly kind: 'nothing' };

/**
 * What get_option_period of Prosody 13.0 makes of a text, in seconds (util/human/io.lua).
 * @example
 * readPeriod('2 days') // → { kind: 'seconds', seconds: 172800 }
 */
export function readPeriod(text: string): Period {
  const word = text.toLowerCase();
  const [, count, unit] = /(\d+)\s*([smhdwy]?[io]?n?)/.exec(word) ?? [];
  const multiplier = unit === undefined ? undefined : MULTIPLIERS[unit];
  if (multiplier !== undefined) return { kind: 'seconds', seconds: Number(count) * multiplier };
  const [, laxCount, laxUnit] = /(\d+)\s*([smhdwy]?[io]?)/.exec(word) ?? [];
  if (laxCount === undefined || laxUnit === undefined) return { kind: 'nothing' };
  const rest = /^\s*-?\d+\s*(.*)$/s.exec(word)?.[1]?.trim() ?? laxUnit;
  return { kind: 'ambiguous', count: laxCount, unit: rest, seconds: Number(laxCount) * (LAX[laxUnit] ?? 1) };
}

/** Seconds as people say them: "2 hours", "31 days". */
export function secondsWords(seconds: number): string {
  for (const [unit, size] of [
    ['day', DAY],
    ['hour', 3600],
    ['minute', 60],
  ] as const) {
    const count = seconds / size;
    if (count >= 1 && Number.isInteger(count)) return `${count} ${unit}${count === 1 ? '' : 's'}`;
  }
  return `${seconds} second${seconds === 1 ? '' : 's'}`;
}

/** The seconds that a whole and clear period means ("60 s", "2 hours"), for a Prosody that knows no units. */
export function clearSeconds(text: string): number | undefined {
  const [, count, unit] = /^\s*(\d+)\s*(s|secs?|seconds?|min|mins|minutes?|h|hours?|d|days?|w|weeks?)\s*$/i.exec(text) ?? [];
  if (count === undefined || unit === undefined) return undefined;
  const period = readPeriod(`${count}${unit}`);
  return period.kind === 'seconds' ? period.seconds : undefined;
}
