import { effective, GLOBAL, listEntries, openReason, type Section } from '../../evaluate/index.js';
import type { RuleContext } from '../rule.js';
import { textOf } from './ldap-table.js';

/** Providers that ask somewhere else for passwords, and can offer PLAIN only. */
export const DIRECTORY_PROVIDERS: ReadonlySet<string> = new Set(['ldap2', 'ldap', 'cyrus']);

/** Hosts of Jitsi's own services, guests and recorders: they have accounts of their own, or none. */
const SERVICE_HOST = /^(?:auth|guest|recorder|hidden|jigasi|visitors)\./;

export function isServiceHost(section: Section): boolean {
  return SERVICE_HOST.test(section.name) || section.name === 'localhost';
}

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

/** False where the host says `enabled = false`. */
export function isOn(section: Section): boolean {
  const value = section.options.get('enabled')?.value;
  return !(value?.kind === 'boolean' && !value.value);
}
