import { type Configuration, effective } from '../evaluate/index.js';
import type { PatchScope } from '../patch/index.js';
import type { LdapSetupWay } from './types.js';

/** The section in which a host's settings stand: its own, or the global one. */
export function literalScope(configuration: Configuration, host: string, way: LdapSetupWay): PatchScope {
  const names = way === 'ldap2' ? ['ldap'] : ['ldap_server', 'ldap_base', 'ldap_rootdn', 'ldap_filter', 'ldap_password'];
  const own = names.some(name => effective(configuration, host, name)?.inherited === false);
  return own ? { host } : 'global';
}
