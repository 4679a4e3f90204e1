import { effective } from '../../evaluate/index.js';
import type { Fix } from '../finding.js';
import type { RuleContext } from '../rule.js';
import { operationFix } from './operation-fix.js';

/**
 * Turns the `ldap` table that a host uses into options of mod_auth_ldap, and the provider of all hosts that use it into that
 * (the operation `migrate.ldap`). Null where the operation is refused, or would have to leave the table to another host.
 */
export function toCoreLdap(context: RuleContext, host: string): Fix | null {
  const { configuration, complete } = context;
  if (!complete) return null;
  // a table of its own goes with its host; that of the global section with all hosts
  const own = effective(configuration, host, 'ldap')?.setting.scope === host;
  const fix = operationFix(context, 'Use the module "ldap" of Prosody', { op: 'migrate.ldap', ...(own && { host }) });
  return fix && { ...fix, choice: true };
}
