import { isDomainRoot } from '@prosodist/core';
import { luaOf } from './lua.js';
import { isActiveDirectory, parentOf } from './population.js';
import { urlOf } from './ports.js';
import type {
  DiscoveredServer,
  LoginAttribute,
  Population,
  PortFact,
  Proposal,
  ProposedSettings,
  RootDse,
  Unit,
} from './types.js';

type Reasons = Proposal['reasons'][number][];

/** What a server has to offer to Prosody: the best door first. */
const BEST: readonly [number, PortFact['mode']][] = [
  [636, 'tls'],
  [389, 'starttls'],
  [389, 'plain'],
];

/** What the settings are made of. */
export interface Found {
  readonly servers: readonly DiscoveredServer[];
  readonly rootDse: RootDse;
  readonly population: Population | null;
  readonly bindName: string | null;
}

/** The settings to use, with a reason for each; null where no server can be reached. */
export function propose({ servers, rootDse, population, bindName }: Found): Proposal | null {
  const reasons: Reasons = [];
  const ad = isActiveDirectory(rootDse.kind);
  const ways = waysTo(servers);
  if (ways.length === 0) return null;
  const place = baseOf(population, rootDse, ad, hasCatalog(servers));
  const server = serverText(place.catalog ? catalogOf(servers) : ways);
  const startTls = !place.catalog && ways[0]!.port.mode === 'starttls';
  reasons.push({ field: 'server', text: serverReason(ways[0]!, place.catalog) });
  if (startTls)
    reasons.push({ field: 'startTls', text: 'the server speaks TLS only after StartTLS: port 636 does not answer as it should' });
  reasons.push({ field: 'base', text: place.reason });
  const attribute = attributeOf(population, ad);
  reasons.push({ field: 'userAttribute', text: attribute.reason });
  const userFilter = userFilterOf(population, ad);
  reasons.push({ field: 'filter', text: userFilter.reason });
  if (bindName === null)
    reasons.push({
      field: 'bindName',
      text: ad
        ? 'this directory lets nobody search without an account: name a service account and its password'
        : 'no account was named, so the search is anonymous',
    });
  else reasons.push({ field: 'bindName', text: 'the account that was used to look' });
  const settings: ProposedSettings = {
    server,
    startTls,
    bindName,
    base: place.base,
    scope: 'subtree',
    userAttribute: attribute.name,
    filter: `(&(${attribute.name}=$user)${userFilter.text})`,
    userFilter: userFilter.text,
  };
  return { settings, reasons, lua: luaOf(settings, ad) };
}

interface Way {
  readonly host: string;
  readonly port: PortFact;
}

/** The doors of the best kind that any server has, one a server. */
function waysTo(servers: readonly DiscoveredServer[]): Way[] {
  for (const [port, mode] of [...BEST, ...otherPorts(servers)]) {
    const found = servers.flatMap(({ host, ports }) => {
      const open = ports.find(fact => fact.port === port && fact.mode === mode && fact.usable);
      return open ? [{ host, port: open }] : [];
    });
    if (found.length > 0) return found;
  }
  return [];
}

/** Ports that were named in the question, TLS first. */
function otherPorts(servers: readonly DiscoveredServer[]): [number, PortFact['mode']][] {
  const usual = new Set([389, 636, 3268, 3269]);
  const rank = { tls: 0, starttls: 1, plain: 2 } as const;
  return servers
    .flatMap(({ ports }) => ports.filter(({ port }) => !usual.has(port)))
    .sort((a, b) => rank[a.mode] - rank[b.mode])
    .map(({ port, mode }) => [port, mode]);
}

function catalogOf(servers: readonly DiscoveredServer[]): Way[] {
  return servers.flatMap(({ host, ports }) => {
    const open = ports.find(({ port, mode, usable }) => port === 3269 && mode === 'tls' && usable);
    return open ? [{ host, port: open }] : [];
  });
}

function hasCatalog(servers: readonly DiscoveredServer[]): boolean {
  return catalogOf(servers).length > 0;
}

/** Two servers are enough: where one is down, Prosody waits for it at every login. */
function serverText(ways: readonly Way[]): string {
  return ways
    .slice(0, 2)
    .map(({ host, port }) => urlOf(host, port))
    .join(' ');
}

function serverReason({ port }: Way, catalog: boolean): string {
  if (catalog) return 'the Global Catalog knows the users of all units and sends no references, which ldap2 cannot take';
  if (port.mode === 'tls') return 'TLS from the first byte, with a certificate that the LDAP library of this machine takes';
  if (port.mode === 'starttls') return 'StartTLS works, with a certificate that the LDAP library of this machine takes';
  return 'no TLS that the LDAP library of this machine takes: passwords would go in clear. Repair that first';
}

function baseOf(population: Population | null, { defaultContext, contexts }: RootDse, ad: boolean, catalog: boolean) {
  const root = population?.base ?? defaultContext ?? contexts[0] ?? '';
  const units = (population?.units ?? []).filter(unit => !unit.builtIn);
  if (units.length === 0) return { base: root, catalog: ad && catalog, reason: unitsUnknown(population) };
  const common = units.map(unit => unit.dn).reduce(commonParent);
  const people = (some: readonly Unit[]) => some.reduce((sum, unit) => sum + unit.users, 0);
  if (!ad || !isDomainRoot(common))
    return { base: common, catalog: false, reason: `all ${people(units)} users that were found are below it` };
  if (catalog)
    return { base: root, catalog: true, reason: `users are in ${units.length} units with nothing but the domain in common` };
  const best = units[0]!;
  const left = units.slice(1).map(unit => `${unit.dn} (${unit.users})`);
  return {
    base: best.dn,
    catalog: false,
    reason: `most users are there (${best.users}); the root of the domain does not work with ldap2. Left out: ${left.slice(0, 5).join('; ')}`,
  };
}

function unitsUnknown(population: Population | null): string {
  return population
    ? 'no user was found, so this is only where the directory begins'
    : 'where users are was not to be seen: this is where the directory begins';
}

/** The nearest entry above both. */
function commonParent(a: string, b: string): string {
  const below = (dn: string, top: string) =>
    dn.toLowerCase() === top.toLowerCase() || dn.toLowerCase().endsWith(`,${top.toLowerCase()}`);
  let top = a;
  while (!below(b, top)) {
    const above = parentOf(top);
    if (above === top) return top;
    top = above;
  }
  return top;
}

function attributeOf(population: Population | null, ad: boolean): { name: string; reason: string } {
  const usual = ad ? 'sAMAccountName' : 'uid';
  if (!population || population.users === 0) return { name: usual, reason: `what people log in with in such a directory` };
  const of = (name: string) => population.attributes.find(attribute => attribute.name === name);
  const order = [usual, ...['uid', 'cn', 'sAMAccountName'].filter(name => name !== usual)];
  const good = order.map(of).find(attribute => attribute && fits(attribute, population.users));
  const chosen = good ?? order.map(of).find(attribute => attribute !== undefined);
  if (!chosen) return { name: usual, reason: 'no user that was found has an attribute that could serve; this is the usual one' };
  const doubts = [
    ...(chosen.shared > 0 ? [`${chosen.shared} share a value`] : []),
    ...(chosen.unusable > 0 ? [`${chosen.unusable} have one that Prosody cannot take as a name`] : []),
  ];
  return { name: chosen.name, reason: [`${chosen.filled} of ${population.users} users have it`, ...doubts].join('; ') };
}

function fits({ filled, shared, unusable }: LoginAttribute, users: number): boolean {
  return shared === 0 && unusable * 10 < filled && filled * 2 > users;
}

function userFilterOf(population: Population | null, ad: boolean): { text: string; reason: string } {
  if (ad)
    return {
      text: '(objectCategory=person)(objectClass=user)(!(userAccountControl:1.2.840.113556.1.4.803:=2))',
      reason: 'people, not computers, and no disabled accounts; add (memberOf=DN of a group) to let in its members only',
    };
  const group = population?.memberOf ? '; add (memberOf=DN of a group) to let in its members only' : '';
  const objectClass = population?.objectClass ?? (population && population.users > 0 ? '*' : 'person');
  const reason = objectClass === '*' ? 'the users have no object class in common' : 'people only';
  return { text: `(objectClass=${objectClass})`, reason: `${reason}${group}` };
}
