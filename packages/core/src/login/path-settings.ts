import { isSecret } from '../catalog/index.js';
import { type Configuration, effective, GLOBAL, type Value } from '../evaluate/index.js';
import type { StationName } from './path-types.js';
import type { DirectorySettings, Placed } from './types.js';

/** Options that rule a station: of the host, or (true) of the global section whatever the host says. */
const OPTIONS: Readonly<Partial<Record<StationName, readonly (readonly [string, boolean])[]>>> = {
  web: [
    ['consider_bosh_secure', true],
    ['consider_websocket_secure', true],
    ['trusted_proxies', true],
  ],
  prosody: [
    ['enabled', false],
    ['c2s_require_encryption', false],
    ['allow_unencrypted_plain_auth', false],
    ['disable_sasl_mechanisms', false],
  ],
  module: [
    ['authentication', false],
    ['ldap_mode', false],
    ['cyrus_application_name', false],
    ['cyrus_service_name', false],
  ],
};

const HIDDEN = '•••';

/** The settings of a station with their places, as texts without secrets. */
export function stationSettings(
  configuration: Configuration,
  host: string,
  settings: DirectorySettings | null,
  station: StationName,
): Placed<string>[] {
  if (station === 'directory') return settings ? directorySettings(settings) : [];
  return (OPTIONS[station] ?? []).flatMap(([name, global]) => {
    const option = effective(configuration, global ? GLOBAL : host, name);
    if (!option) return [];
    return [{ name, value: isSecret(name) ? HIDDEN : valueText(option.value), origin: option.setting.valueOrigin }];
  });
}

function directorySettings(settings: DirectorySettings): Placed<string>[] {
  const { server, startTls, bindName, bindPassword, base, scope, filter, userAttribute } = settings;
  const text = (placed: Placed<string | boolean> | null): Placed<string>[] =>
    placed ? [{ ...placed, value: String(placed.value) }] : [];
  return [
    ...text(server),
    ...text(startTls),
    ...text(bindName),
    ...(bindPassword ? [{ ...bindPassword, value: HIDDEN }] : []),
    ...text(base),
    ...text(scope),
    ...text(userAttribute),
    ...text(filter),
  ];
}

/** A value in few words; a table is named by its kind, for it may hold secrets. */
function valueText(value: Value): string {
  if (value.kind === 'string') return value.value;
  if (value.kind === 'boolean' || value.kind === 'number') return String(value.value);
  if (value.kind === 'unknown') return `not known: ${value.reason}`;
  return value.kind === 'table' ? 'a table' : value.kind;
}
