import { effective, GLOBAL, hosts, listEntries, openReason, type Section } from '../../evaluate/index.js';
import { isServiceHost } from '../../jitsi/index.js';
import { DIRECTORY_WAYS } from '../../login/index.js';
import type { RuleContext } from '../rule.js';
import { textOf } from './ldap-table.js';

/** The provider of a host: `internal_hashed` where nothing is said (core/usermanager.lua); `undefined` when not known. */
export function providerOf({ configuration }: RuleContext, host: string): string | undefined {
  const option = effective(configuration, host, 'authentication');
  return option ? textOf(option.value) : 'internal_hashed';
}

/** Whether a module is in `modules_enabled` of the host or the global section (core/modulemanager.lua), as far as is known. */
export function isEnabled({ configuration }: RuleContext, host: string, module: string): boolean {
  return [host, GLOBAL].some(scope => {
    const value = configuration.sections.get(scope)?.options.get('modules_enabled')?.value;
    if (value?.kind !== 'table' || openReason(value)) return false;
    return listEntries(value).some(entry => textOf(entry.value) === module);
  });
}

/** False for a host whose name depends on what is not known. */
export function isNamed(section: Section): boolean {
  return !section.name.startsWith('?');
}

/** False where the host says `enabled = false`. */
export function isOn(section: Section): boolean {
  const value = section.options.get('enabled')?.value;
  return !(value?.kind === 'boolean' && !value.value);
}

/**
 * The LDAP module that the settings of a host are meant for, where it uses the other one: a table `ldap` is read by ldap2
 * only, options `ldap_…` by mod_auth_ldap only.
 */
export function mismatchOf(context: RuleContext, host: string): 'ldap' | 'ldap2' | undefined {
  const { configuration, complete } = context;
  const provider = providerOf(context, host);
  if (!complete || host.startsWith('?') || (provider !== 'ldap' && provider !== 'ldap2')) return undefined;
  const table = effective(configuration, host, 'ldap')?.value.kind;
  const has = (name: string) => effective(configuration, host, name) !== undefined;
  if (provider === 'ldap') return table === 'table' && !has('ldap_base') ? 'ldap2' : undefined;
  return table === undefined && (has('ldap_base') || has('ldap_server')) ? 'ldap' : undefined;
}

/** Hosts that people log in to, and whose own provider wins over the directory that the global section chooses. */
export function overridingHosts({ configuration }: RuleContext): Section[] {
  const global = textOf(configuration.sections.get(GLOBAL)?.options.get('authentication')?.value);
  if (global === undefined || !DIRECTORY_WAYS.has(global)) return [];
  return hosts(configuration).filter(host => {
    const own = textOf(host.options.get('authentication')?.value);
    return own !== undefined && !DIRECTORY_WAYS.has(own) && !isServiceHost(host.name) && isOn(host);
  });
}
