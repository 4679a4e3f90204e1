import { findOption, type ProsodyVersion, readPeriod } from '@prosodist/core';

const DAY = 86_400;

/** Ports that have a usual purpose. */
const PORTS: Readonly<Record<number, string>> = {
  80: 'HTTP',
  389: 'LDAP',
  443: 'HTTPS',
  636: 'LDAP over TLS',
  3478: 'STUN and TURN',
  5000: 'files by mod_proxy65',
  5222: 'clients',
  5223: 'clients that begin with TLS',
  5269: 'other servers',
  5270: 'other servers that begin with TLS',
  5280: 'HTTP: BOSH, WebSocket, files',
  5281: 'HTTPS: BOSH, WebSocket, files',
  5347: 'external components',
  5349: 'STUN and TURN with TLS',
  5582: 'the old console',
};

/**
 * A number as an option reads it, in words.
 * @param path from the option on
 * @returns undefined where the figure says it all
 */
export function numberWords(path: readonly string[], value: number, version: ProsodyVersion): string | undefined {
  const [option = ''] = path;
  const key = path.at(-1)!;
  const type = findOption(option, version)?.type;
  if (key === 'port' || type === 'port-list' || /_ports?$/.test(key)) {
    const purpose = PORTS[value];
    return purpose === undefined ? undefined : `Port ${value}: usually ${purpose}`;
  }
  if (type === 'period' || /_(?:ttl|timeout|interval)$|^(?:ttl|connect_timeout|read_timeout|send_timeout)$/.test(key))
    return secondsWords(value);
  if (/_(?:size_limit|max_content_size|max_buffer_size|daily_quota|global_quota|buffer_limit|max_file_size)$/.test(key))
    return bytesWords(value);
  return undefined;
}

/** A string that is a period or a rate, in words. */
export function measureWords(path: readonly string[], text: string, version: ProsodyVersion): string | undefined {
  const [option = ''] = path;
  if (findOption(option, version)?.type === 'period' && path.length === 1) return periodWords(text);
  if (option !== 'limits') return undefined;
  if (path.at(-1) === 'rate') return rateWords(text);
  const burst = path.at(-1) === 'burst' ? /^(\d+) ?s$/.exec(text) : null;
  return burst ? `What comes in ${secondsWords(Number(burst[1]))} may come at once` : undefined;
}

/** mod_limits, parse_rate: units are powers of ten, of bytes. */
function rateWords(text: string): string {
  const [, quantity, unit] = /^(\d+) ?([^/]+)\/s$/.exec(text) ?? [];
  const power = unit === undefined ? undefined : ({ b: 0, k: 3, m: 6, g: 9, t: 12 } as const)[unit[0]!.toLowerCase() as 'b'];
  if (quantity === undefined || power === undefined) return 'Not understood: mod_limits takes 3000 bytes a second in its place';
  // `b` stands for a power of one in Prosody
  const bytes = Number(quantity) * 10 ** (power === 0 ? 1 : power);
  return `${bytesWords(bytes)} a second`;
}

function periodWords(text: string): string {
  if (text === 'never') return 'Never';
  const period = readPeriod(text);
  if (period.kind === 'nothing') return 'Not understood: it is no period such as "2 days"';
  return period.kind === 'seconds'
    ? secondsWords(period.seconds)
    : `${secondsWords(period.seconds)}, because the unit is ambiguous`;
}

/** Seconds as people say them, in the two largest units. */
export function secondsWords(seconds: number): string {
  const parts: string[] = [];
  let rest = Math.round(seconds);
  for (const [name, size] of [
    ['day', DAY],
    ['hour', 3600],
    ['minute', 60],
    ['second', 1],
  ] as const) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0 && parts.length < 2) parts.push(`${count} ${name}${count === 1 ? '' : 's'}`);
  }
  return parts.length > 0 ? parts.join(' ') : '0 seconds';
}

/** Bytes as people say them. */
function bytesWords(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = bytes < 1024 ? 0 : Math.min(4, Math.floor(Math.log2(bytes) / 10));
  const shown = bytes / 1024 ** power;
  const exact = Number.isInteger(shown) ? String(shown) : shown.toFixed(1);
  return power === 0 ? `${bytes} bytes` : `${bytes} bytes, ${exact} ${units[power]}`;
}
