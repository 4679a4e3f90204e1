import type { Configuration, Origin, Setting } from '../evaluate/index.js';
import { GLOBAL } from '../evaluate/index.js';
import type { PathFinding, StationName } from './path-types.js';

/** The rules whose findings a login meets, by the station where it meets them. All others do not concern a login. */
export const STATION_RULES: Readonly<Record<Exclude<StationName, 'answer'>, readonly string[]>> = {
  user: ['mail-as-user-name'],
  web: [
    'docker-environment',
    'guest-host-authentication',
    'insecure-bosh',
    'jicofo-authentication',
    'missing-guest-host',
    'unmatched-http-host',
  ],
  prosody: [
    'anonymous-by-default',
    'clear-text-login',
    'debug-log',
    'disabled-host',
    'duplicate-host',
    'encryption-without-tls',
    'include-in-host',
    'invalid-host-name',
    'load-error',
    'modules-not-a-list',
    'no-enabled-host',
    'no-global-modules',
    'overridden-authentication',
    'reopened-host',
    'shared-port',
    'start-up-option-type',
    'syntax-error',
    'wildcard-host',
  ],
  module: [
    'conflicting-modules',
    'dead-ldap-key',
    'ldap-storage',
    'malformed-sasl-file',
    'mismatched-ldap-provider',
    'missing-ldap-key',
    'missing-ldap-library',
    'missing-ldap-table',
    'open-sasl-mechanisms',
    'provider-in-modules',
    'saslauthd-not-ready',
    'unescaped-user-names',
    'unknown-ldap-key',
    'unknown-provider',
    'unlinked-ldap-file',
    'unused-ldap-table',
    'wrong-ldap-type',
    'wrong-ldap-value',
  ],
  directory: [
    'domain-root-base',
    'endless-ldap-wait',
    'filter-without-user',
    'malformed-dn',
    'malformed-filter',
    'malformed-ldap-host',
    'missing-ca',
    'placeholder-secret',
    'readable-secret',
    'start-tls-over-ldaps',
    'swallowed-backslash',
    'uid-on-active-directory',
    'unencrypted-ldap',
    'unmatched-certificate-name',
    'unmatched-group-filter',
    'unverified-tls',
    'wrong-filter-token',
  ],
};

/** Rules about any setting: of a login only where the setting is. */
export const SETTING_RULES: readonly string[] = [
  'dropped-value',
  'duplicate-option',
  'leftover-placeholder',
  'library-as-value',
  'trailing-table',
  'unnamed-entry',
  'unquoted-word',
  'wrong-option-type',
];

/** The settings of a login, by the station that they rule. */
const SETTINGS: readonly (readonly [StationName, RegExp])[] = [
  ['directory', /^ldap(?:_|$)/],
  ['module', /^(?:authentication$|cyrus_)/],
  ['prosody', /^(?:enabled|modules_(?:enabled|disabled)|(?:c2s|s2s)_require_encryption|allow_unencrypted_plain_auth)$/],
  ['web', /^(?:consider_(?:bosh|websocket)_secure|trusted_proxies|cross_domain_(?:bosh|websocket))$/],
];

const STATION_OF = new Map(
  Object.entries(STATION_RULES).flatMap(([station, rules]) => rules.map(rule => [rule, station as StationName] as const)),
);

/** The secrets that have to do with the directory; those of TURN, components and the like are no matter of a login. */
const DIRECTORY_SECRET = /ldap|bind/i;

/** What the rules of the station `module` say that has to do with a directory: a login that asks none does not meet it. */
const OF_DIRECTORY: ReadonlySet<string> = new Set([
  'dead-ldap-key',
  'ldap-storage',
  'malformed-sasl-file',
  'missing-ldap-key',
  'missing-ldap-library',
  'missing-ldap-table',
  'saslauthd-not-ready',
  'unescaped-user-names',
  'unknown-ldap-key',
  'wrong-ldap-type',
  'wrong-ldap-value',
]);

/**
 * Where a login to a host meets a finding; undefined where it does not: of another matter, in another host's section, or about
 * a directory that is not asked.
 * @param asks whether the host's provider asks a directory
 */
export function stationOf(
  configuration: Configuration,
  host: string,
  finding: PathFinding,
  asks: boolean,
): StationName | undefined {
  const setting = settingAt(configuration, finding.at);
  const station = SETTING_RULES.includes(finding.rule)
    ? SETTINGS.find(([, names]) => setting && names.test(setting.name))?.[0]
    : STATION_OF.get(finding.rule);
  if (station === undefined) return undefined;
  if (!asks && (station === 'directory' || OF_DIRECTORY.has(finding.rule))) return undefined;
  const scope = setting?.scope ?? configuration.openings.find(opening => holds(opening, finding.at))?.scope;
  // what is wrong with guests and jicofo stands in other sections and files, and is met on the same page
  if (station !== 'web' && scope !== undefined && scope !== GLOBAL && scope !== host) return undefined;
  if (/-secret$/.test(finding.rule) && !DIRECTORY_SECRET.test(finding.message)) return undefined;
  return station;
}

function holds({ origin }: { readonly origin: Origin }, { file, start, end }: Origin): boolean {
  return origin.file === file && origin.start <= start && end <= origin.end;
}

/** The narrowest setting that a place is in. */
function settingAt({ settings }: Configuration, at: Origin): Setting | undefined {
  const length = ({ origin }: Setting) => origin.end - origin.start;
  return settings
    .filter(setting => holds(setting, at))
    .sort((a, b) => length(a) - length(b))
    .at(0);
}
