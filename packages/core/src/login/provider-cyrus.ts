// The settings behind mod_auth_cyrus: libsasl's file of the application, and saslauthd.conf where saslauthd asks the directory.
import type { Configuration, FileSystem, Origin } from '../evaluate/index.js';
import { type KeyLines, lineOf, parseKeyLines, saslSwitch } from '../ldap/index.js';
import type { FaultCode, LoginFault } from './answer.js';
import { asShown, type Held, heldOption } from './lua-values.js';
import type { Read } from './reading.js';
import type { DirectorySettings, Placed, SaslauthdGroup, SearchScope } from './types.js';

/** Where the files are. */
export interface SaslPlaces {
  readonly files: FileSystem;
  /** What stands before `/etc`: empty for this machine. */
  readonly root: string;
  /** saslauthd's `-O`; `/etc/saslauthd.conf` if not given. */
  readonly saslauthd: string;
}

/** Where Debian's libsasl looks for the settings of an application, in its order. */
const SASL_FOLDERS = [
  '/etc/sasl',
  '/usr/lib/x86_64-linux-gnu/sasl2',
  '/usr/lib/aarch64-linux-gnu/sasl2',
  '/usr/lib/sasl2',
  '/etc/sasl2',
];

const SCOPES: Readonly<Record<string, SearchScope>> = { sub: 'subtree', one: 'onelevel', base: 'base' };

/** What libsasl offers: the mechanisms of `mech_list`, or null where nothing says and it offers all that are installed. */
export interface SaslApplication {
  readonly name: string;
  readonly path: string | null;
  readonly mechanisms: ReadonlySet<string> | null;
  /** `pwcheck_method`; auxprop unless set. */
  readonly check: string;
}

/** The settings of the application that a host names: `cyrus_application_name`, else prosody. A string where they are not known. */
export function saslApplication(configuration: Configuration, host: string, places: SaslPlaces): SaslApplication | string {
  const option = heldOption(configuration, host, 'cyrus_application_name');
  const shown = asShown(option.value);
  if (shown.is === 'unknown') return `cyrus_application_name is not known: ${shown.reason}`;
  const off = option.value.kind === 'nil' || (option.value.kind === 'boolean' && !option.value.value);
  const name = off || shown.is !== 'value' ? 'prosody' : shown.value;
  for (const folder of SASL_FOLDERS) {
    const path = `${places.root}${folder}/${name}.conf`;
    const read = places.files.readFile(path);
    if (!read.ok && read.problem === 'denied') return `${path} may not be read here`;
    if (!read.ok) continue;
    const lines = parseKeyLines(read.text, 'sasl');
    const list = lineOf(lines, 'mech_list', 'first')?.value;
    const mechanisms =
      list === undefined
        ? null
        : new Set(
            list
              .toUpperCase()
              .split(/[\s,]+/)
              .filter(word => word !== ''),
          );
    return { name, path, mechanisms, check: lineOf(lines, 'pwcheck_method', 'first')?.value ?? 'auxprop' };
  }
  return { name, path: null, mechanisms: null, check: 'auxprop' };
}

/**
 * Reads what answers a login through libsasl: saslauthd's settings for the directory.
 * Source: mod_auth_cyrus.lua and sasl_cyrus.lua of prosody-modules, cyrus-sasl 2.1.28 (lib/checkpw.c, saslauthd/lak.c).
 */
export function readCyrus(configuration: Configuration, host: string, places: SaslPlaces | null): Read {
  if (!places) return unknown('the files of SASL are not given, and they say where passwords are checked');
  const application = saslApplication(configuration, host, places);
  if (typeof application === 'string') return unknown(application);
  if (!/\bsaslauthd\b/.test(application.check)) return { kind: 'fault', fault: notAsked(application), settings: null };
  const path = `${places.root}${places.saslauthd}`;
  const read = places.files.readFile(path);
  if (!read.ok && read.problem !== 'missing') return unknown(`${path} cannot be read here (${read.problem})`);
  const lines = parseKeyLines(read.ok ? read.text : '', 'sasl');
  if (!read.ok || lines.bad.length > 0) {
    const at = lines.bad[0] ? { file: path, start: lines.bad[0].start, end: lines.bad[0].end } : null;
    return { kind: 'fault', fault: badFile(path, read.ok, at), settings: null };
  }
  return { kind: 'settings', settings: settingsOf(lines, path, host, configuration) };
}

function settingsOf(lines: KeyLines, path: string, host: string, configuration: Configuration): DirectorySettings {
  const line = (key: string) => lineOf(lines, key, 'last');
  const text = (key: string, fallback: string): Placed<string> => {
    const found = line(key);
    const origin = found ? { file: path, start: found.valueStart, end: found.valueEnd } : null;
    return { value: found?.value ?? fallback, name: key, origin };
  };
  const orNull = (key: string) => (line(key) ? text(key, '') : null);
  const on = (key: string) => (line(key) ? (saslSwitch(line(key)!.value) ?? false) : null);
  const number = (key: string, fallback: number) => (line(key) ? Number.parseInt(line(key)!.value, 10) || 0 : fallback);
  const scope = text('ldap_scope', 'sub');
  const method = text('ldap_auth_method', 'bind').value.toLowerCase();
  // both names fill one setting: the later line holds
  const passwords = lines.lines.filter(({ key }) => /^ldap_(?:bind_pw|password)$/i.test(key));
  const password = passwords.at(-1);
  const option = (name: string): string | undefined => {
    const shown = asShown(heldOption(configuration, host, name).value);
    return shown.is === 'value' && !['nil', 'false'].includes(shown.value) ? shown.value : undefined;
  };
  return {
    way: 'cyrus',
    host,
    server: text('ldap_servers', 'ldap://localhost/'),
    startTls: { ...text('ldap_start_tls', 'no'), value: on('ldap_start_tls') ?? false },
    bindName: orNull('ldap_bind_dn'),
    bindPassword: password ? { ...text(password.key.toLowerCase(), ''), value: password.value } : null,
    base: orNull('ldap_search_base'),
    scope: { ...scope, value: SCOPES[scope.value.toLowerCase()] ?? 'subtree' },
    filter: text('ldap_filter', 'uid=%u'),
    userAttribute: null,
    saslauthd: {
      checkPeer: on('ldap_tls_check_peer'),
      caFile: line('ldap_tls_cacert_file')?.value ?? null,
      caFolder: line('ldap_tls_cacert_dir')?.value ?? null,
      timeout: number('ldap_timeout', 5),
      method: on('ldap_use_sasl') || method === 'fastbind' ? 'fastbind' : method === 'custom' ? 'custom' : 'bind',
      sizeLimit: number('ldap_size_limit', 1),
      group: groupOf(line, text),
      service: option('cyrus_service_name') ?? 'xmpp',
      realm: option('cyrus_service_realm') ?? host,
      defaultRealm: (line('ldap_default_realm') ?? line('ldap_default_domain'))?.value ?? '',
    },
  };
}

function groupOf(
  line: (key: string) => { readonly value: string } | undefined,
  text: (key: string, fallback: string) => Placed<string>,
): SaslauthdGroup | null {
  const dn = line('ldap_group_dn')?.value ?? null;
  const filter = line('ldap_group_filter')?.value ?? null;
  if (dn === null && filter === null) return null;
  return {
    dn,
    filter,
    attribute: text('ldap_group_attr', 'uniqueMember').value,
    match: text('ldap_group_match_method', 'attr').value.toLowerCase() === 'filter' ? 'filter' : 'attr',
    searchBase: line('ldap_group_search_base')?.value ?? line('ldap_search_base')?.value ?? null,
    scope: SCOPES[text('ldap_group_scope', 'sub').value.toLowerCase()] ?? 'subtree',
  };
}

/** Without `pwcheck_method: saslauthd` libsasl looks into its own data base of passwords, which is empty. */
function notAsked({ name, path, check }: SaslApplication): LoginFault {
  const where = path ?? `/etc/sasl/${name}.conf`;
  return {
    ...fault('saslauthd-not-used', 'undefined-condition', []),
    why: path
      ? `${where} says that passwords are checked by ${check}, so libsasl never asks saslauthd: no login with a password succeeds.`
      : `There is no ${where}, so libsasl looks for passwords in a data base of its own and offers every mechanism it has, ANONYMOUS among them.`,
    help: `Write "pwcheck_method: saslauthd" and "mech_list: PLAIN" into ${where}.`,
    settings: [{ name: 'pwcheck_method', value: check, origin: path ? { file: path, start: 0, end: 0 } : null }],
  };
}

function badFile(path: string, exists: boolean, at: Origin | null): LoginFault {
  return {
    ...fault('saslauthd-file', 'not-authorized', []),
    why: exists
      ? `saslauthd does not understand a line of ${path}, and refuses every login ("reason=Unknown").`
      : `There is no ${path}, so saslauthd knows no directory and refuses every login.`,
    help: exists ? 'Write each setting as "name: value".' : `Write ${path} with ldap_servers, ldap_search_base and ldap_filter.`,
    settings: [{ name: path, value: null, origin: at }],
  };
}

function fault(code: FaultCode, condition: string, logs: readonly string[]) {
  return { code, effect: 'refused', condition, when: 'login', logs } as const;
}

function unknown(reason: string, settings: readonly Held[] = []): Read {
  return { kind: 'unknown', reason, settings: settings.map(({ name, origin }) => ({ name, value: null, origin })) };
}
