// The door of the directory: the live LDAP check and the rehearsal of a login. Node only.
export { checkDirectory } from './check/check.js';
export type { CheckOptions } from './check/run.js';
export {
  BadName,
  type DiscoveredServer,
  type DiscoverOptions,
  type Discovery,
  type DnsRecord,
  discover,
  type Group,
  type LoginAttribute,
  type Population,
  type PortCertificate,
  type PortFact,
  type PortMode,
  type Proposal,
  type ProposedSettings,
  type RootDse,
  type Unit,
} from './discover/index.js';
export { type ExaminedDirectory, type ExaminedLogin, examineDirectory } from './examine.js';
export { type Rehearsal, rehearseLogin } from './rehearse/index.js';
export { disagreement, loginThrough, type RealLogin, type ThroughOptions, throughUrl } from './through/index.js';
export type {
  DirectoryEvent,
  DirectoryOptions,
  DirectoryReport,
  LibldapOptions,
  LoginReport,
  Outcome,
  ServerKind,
  Station,
  Step,
  StepName,
  UserSees,
  Verdict,
} from './types.js';
