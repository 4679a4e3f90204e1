import { type Configuration, effective, folderOf, hosts, type Origin, type Value } from '../../evaluate/index.js';
import { type KeyLine, lineOf, SASLAUTHD_ALIASES, saslSwitch } from '../../ldap/index.js';
import type { RuleContext } from '../rule.js';
import type { Access, AccessSetting, Role } from './directory.js';
import { isNamed, isOn, providerOf } from './hosts.js';
import { textOf } from './ldap-table.js';
import { type SystemFile, systemOf } from './system.js';

/** The hosts that ask SASL for passwords. */
export function cyrusHosts(context: RuleContext): readonly string[] {
  const known = found.get(context.configuration);
  if (known) return known;
  const names = hosts(context.configuration)
    .filter(host => isNamed(host) && isOn(host) && providerOf(context, host.name) === 'cyrus')
    .map(host => host.name);
  found.set(context.configuration, names);
  return names;
}

/** Many rules ask. */
const found = new WeakMap<Configuration, readonly string[]>();

/** The settings of `saslauthd -a ldap`, where a host uses cyrus and the file is there. */
export function saslauthdConf(context: RuleContext): SystemFile | undefined {
  if (cyrusHosts(context).length === 0) return undefined;
  return systemOf(context)?.read('/etc/saslauthd.conf', 'sasl');
}

const KEYS: readonly (readonly [Role, string])[] = [
  ['server', 'ldap_servers'],
  ['bindName', 'ldap_bind_dn'],
  ['password', 'ldap_bind_pw'],
  ['password', 'ldap_password'],
  ['startTls', 'ldap_start_tls'],
  ['base', 'ldap_search_base'],
  ['filter', 'ldap_filter'],
];

export function saslauthdAccess(context: RuleContext): Access | undefined {
  const file = saslauthdConf(context);
  // saslauthd stops at a line that it does not understand: malformed-sasl-file says so, and nothing else counts
  if (!file || file.lines.length === 0 || file.bad.length > 0) return undefined;
  const settings: Partial<Record<Role, AccessSetting>> = {};
  for (const [role, key] of KEYS) {
    const line = lineOf(file, key, 'last') ?? file.lines.find(other => SASLAUTHD_ALIASES[other.key.toLowerCase()] === key);
    if (line) settings[role] = settingOf(file, line, line.key.toLowerCase() === key);
  }
  return { way: 'saslauthd', hosts: cyrusHosts(context), settings, at: keyPlace(file, file.lines[0]!) };
}

/** @param known false for a name that saslauthd does not read: what was meant is there, and nobody knows what comes of it */
function settingOf(file: SystemFile, line: KeyLine, known: boolean): AccessSetting {
  const at = valuePlace(file, line);
  // quotes and pieces of templates are said by malformed-sasl-file
  const odd = !known || /^(["']).*\1$|\{\{|\$\{/.test(line.value);
  const value: Value = odd
    ? { kind: 'unknown', reason: 'the file has to be mended first', origin: at }
    : line.key.toLowerCase() === 'ldap_start_tls'
      ? { kind: 'boolean', value: saslSwitch(line.value) ?? false, origin: at }
      : { kind: 'string', value: line.value, origin: at };
  const place = (start: number, end: number) => ({
    file: file.path,
    start: at.start + start,
    end: at.start + Math.max(end, start + 1),
  });
  return { name: line.key, value, at, nameAt: keyPlace(file, line), place };
}

export function keyPlace(file: SystemFile, line: KeyLine): Origin {
  return { file: file.path, start: line.keyStart, end: line.keyEnd };
}

export function valuePlace(file: SystemFile, line: KeyLine): Origin {
  return { file: file.path, start: line.valueStart, end: line.valueEnd };
}

/** Where libsasl looks for the settings of an application: Debian's folders, then those of other systems. */
const SASL_FOLDERS = ['/etc/sasl', '/etc/sasl2', '/usr/lib/sasl2', '/usr/lib64/sasl2'];

/** The SASL settings of a host with cyrus, as far as they can be told. */
export interface SaslSettings {
  readonly application: string;
  readonly file: SystemFile | undefined;
  /** Whether it is certain that there is no file. */
  readonly lacking: boolean;
}

export function saslSettings(context: RuleContext, host: string): SaslSettings | undefined {
  const system = systemOf(context);
  const option = effective(context.configuration, host, 'cyrus_application_name');
  const application = option ? textOf(option.value) : 'prosody';
  if (!system || application === undefined || application.includes('/')) return undefined;
  const libraries = system.names('/usr/lib').filter(name => /-linux-/.test(name));
  const folders = [...SASL_FOLDERS, ...libraries.map(name => `/usr/lib/${name}/sasl2`)];
  const paths = folders.map(folder => `${folder}/${application}.conf`);
  const file = paths.map(path => system.read(path, 'sasl')).find(found => found !== undefined);
  // where none of the folders is seen, this is only a part of a system
  const seen = system.whole || folders.some(folder => system.names(folder).length > 0);
  const lacking =
    !file && seen && paths.every(path => system.lacks(path) || (!system.whole && system.names(folderOf(path)).length === 0));
  return { application, file, lacking };
}
