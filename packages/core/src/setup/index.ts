// The door of whole jobs: several operations and edits as one plan.
export { type CurrentLdap, currentLdap } from './current.js';
export { loginHosts } from './hosts.js';
export { type LdapMigration, ldapMigrations } from './migrate-ldap.js';
export { LDAP_WAYS, type WayAdvice } from './recommend.js';
export { setupLdap } from './setup-ldap.js';
export type {
  LdapChoices,
  LdapSetupWay,
  SetupOptions,
  SetupPassword,
  SetupPlan,
  SetupStatus,
  SetupStep,
  SetupStepName,
} from './types.js';
