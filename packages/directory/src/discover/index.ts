// Finding out about a directory before anything is configured.
export { BadName } from './asked.js';
export { discover } from './discover.js';
export type {
  DiscoveredServer,
  DiscoverOptions,
  Discovery,
  DnsRecord,
  Group,
  LoginAttribute,
  Population,
  PortCertificate,
  PortFact,
  PortMode,
  Proposal,
  ProposedSettings,
  RootDse,
  Unit,
} from './types.js';
