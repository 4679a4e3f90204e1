import { dnToDomain } from '@prosodist/core';
import { type Connection, DirectoryFailure, diagnosis, explainResult } from '../internal.js';
import type { DirectoryOptions } from '../types.js';
import { askedFor } from './asked.js';
import { askDns, type DnsAnswers, namesFrom } from './dns.js';
import { countUsers, isActiveDirectory } from './population.js';
import { DOORS, type Door, openDoor, tryDoor, unchecked } from './ports.js';
import { propose } from './propose.js';
import { readRootDse } from './root-dse.js';
import type { DiscoveredServer, DiscoverOptions, Discovery, PortFact, RootDse } from './types.js';

/** A domain with more servers than these has them in many places; the first of DNS are the near ones. */
const MOST_SERVERS = 4;
const STEP = 5000;

type Problem = Discovery['problems'][number];

/**
 * Finds out what there is to know about a directory before anything is configured: its servers in DNS, their ports and
 * certificates as libldap on this machine judges them, what kind it is, and, with an account, where users live and what they log
 * in with. Then it proposes settings. The account is tried once, and only over TLS unless `allowPlaintext`.
 * @param name a domain, a machine, or a server as it is written for Prosody (`ldaps://dc1.example.com`, `host:port`)
 * @returns what was found; failures of the network are in it. Rejects only when it is called off, or for what is no name.
 */
export async function discover(name: string, options: DirectoryOptions & DiscoverOptions): Promise<Discovery> {
  const asked = askedFor(name);
  const names = namesFrom(options.dnsServer, options.stepTimeout ?? STEP);
  const own: DirectoryOptions = { ...options, lookup: options.lookup ?? names.lookup };
  const problems: Problem[] = [];
  const dns: DnsAnswers = asked.door || asked.isAddress ? { records: [], servers: [] } : await askDns(names, asked.host);
  options.signal?.throwIfAborted();
  const servers = await serversOf(asked.host, asked.door, dns, own);
  const reached = servers.filter(server => server.ports.some(isReached));
  if (reached.length === 0) problems.push(unreachable(asked.host, servers));
  const rootDse = await firstRootDse(reached, own);
  if (reached.length > 0 && !rootDse)
    problems.push({
      text: 'No server says what it is: none answered a question for its root entry',
      help: 'Make sure that it is an LDAP server, and that it lets everybody read its root DSE.',
    });
  problems.push(...certificateProblems(reached));
  const look = rootDse ? await lookAround(reached, rootDse, own, options, problems) : null;
  const population = look?.population ?? null;
  const boundAs = look?.boundAs ?? null;
  return {
    asked: name,
    domain: rootDse?.defaultContext ? (dnToDomain(rootDse.defaultContext) ?? null) : dns.servers.length > 0 ? asked.host : null,
    records: dns.records,
    servers,
    rootDse,
    boundAs,
    population,
    proposal: rootDse ? propose({ servers, rootDse, population, bindName: options.bind?.name ?? null }) : null,
    problems,
  };
}

async function serversOf(
  host: string,
  door: Door | null,
  dns: DnsAnswers,
  options: DirectoryOptions,
): Promise<DiscoveredServer[]> {
  const own = { host, from: 'asked', ports: [] };
  const named = dns.servers.slice(0, MOST_SERVERS).map(server => ({ host: server.host, from: server.from, ports: [] }));
  // of a domain that names its servers, the domain itself is another name of theirs that their certificates seldom hold
  const hosts = named.length > 0 ? named : [own];
  const extra = (from: string) =>
    dns.servers
      .filter(server => server.host === from && ![389, 636, 3268, 3269].includes(server.port))
      .flatMap(({ port }): Door[] => [
        { port, mode: 'tls' },
        { port, mode: 'plain' },
      ]);
  return Promise.all(
    hosts.map(async server => ({
      ...server,
      ports: await Promise.all(
        (door ? doorsAt(door) : [...DOORS, ...extra(server.host)]).map(each => tryDoor(server.host, each, options)),
      ),
    })),
  );
}

/** A port that was named is tried in all ways that its scheme leaves open. */
function doorsAt(door: Door): Door[] {
  return door.mode === 'tls' ? [door] : [{ ...door, mode: 'starttls' }, door];
}

/** Something answers there, be its certificate good or not. */
function isReached({ usable, certificate }: PortFact): boolean {
  return usable || certificate !== null;
}

function unreachable(host: string, servers: readonly DiscoveredServer[]): Problem {
  const first = servers[0]?.ports[0];
  return {
    text: `No LDAP server answers for ${host}${first ? `: ${first.text}` : ''}`,
    help: 'Check the name, and that this machine may reach ports 389 and 636; --server asks another DNS server.',
  };
}

function certificateProblems(servers: readonly DiscoveredServer[]): Problem[] {
  return servers.flatMap(({ host, ports }) => {
    const seen = ports.find(({ certificate }) => certificate !== null && certificate.faults.length > 0);
    if (!seen?.certificate) return endingSoon(host, ports);
    const { faults, names } = seen.certificate;
    const wrongName = faults.some(fault => / is for /.test(fault));
    return [
      {
        text: `${host}: the LDAP library of this machine refuses the certificate: ${faults.join('; ')}`,
        help: wrongName
          ? `Use a name that is in the certificate: ${names.join(', ')}.`
          : 'Put the certificate of its authority on this machine, and name it with TLS_CACERT in /etc/ldap/ldap.conf.',
      },
    ];
  });
}

/** Days before the end of a certificate in which it is time to renew it. */
const SOON = 30;

function endingSoon(host: string, ports: readonly PortFact[]): Problem[] {
  const seen = ports.find(({ certificate }) => certificate !== null && certificate.daysLeft < SOON)?.certificate;
  if (!seen) return [];
  return [
    { text: `${host}: the certificate ends in ${seen.daysLeft} days`, help: 'Renew it: no login works once it has ended.' },
  ];
}

/** Asked over what there is, TLS first; nothing secret goes over it, so any certificate will do. */
async function firstRootDse(servers: readonly DiscoveredServer[], options: DirectoryOptions): Promise<RootDse | null> {
  for (const { host, ports } of servers) {
    for (const port of ports.filter(isReached)) {
      const found = await withConnection(host, port, unchecked(options), readRootDse);
      if (found) return found;
    }
  }
  return null;
}

/** Opens a door for one use and closes it; null where the network fails. */
async function withConnection<Result>(
  host: string,
  door: Door,
  options: DirectoryOptions,
  use: (connection: Connection) => Promise<Result>,
): Promise<Result | null> {
  let connection: Connection | undefined;
  try {
    connection = await openDoor(host, door, options);
    return await use(connection);
  } catch (thrown) {
    if (thrown instanceof DirectoryFailure && thrown.code !== 'aborted') return null;
    throw thrown;
  } finally {
    connection?.close();
  }
}

/** Logs in once, where somebody is named, and counts the users. */
async function lookAround(
  servers: readonly DiscoveredServer[],
  rootDse: RootDse,
  options: DirectoryOptions,
  { bind }: DiscoverOptions,
  problems: Problem[],
) {
  const base =
    rootDse.defaultContext ?? rootDse.contexts.find(context => /(?:^|,)\s*(?:dc|o)=/i.test(context)) ?? rootDse.contexts[0];
  if (base === undefined) return null;
  const doors = servers.flatMap(({ host, ports }) => ports.filter(({ usable }) => usable).map(port => ({ host, port })));
  const isSafe = ({ port }: { port: PortFact }) => !bind || port.mode !== 'plain' || options.allowPlaintext === true;
  // a Global Catalog shows but a part
  const door = doors.find(each => isSafe(each) && ![3268, 3269].includes(each.port.port));
  if (!door) {
    if (bind)
      problems.push({
        text: 'The account was not tried: there is no connection with TLS that the LDAP library of this machine takes',
        help: `Repair the certificate or its trust first, or allow the password to be sent in clear${options.plaintextSwitch === undefined ? '' : ` (${options.plaintextSwitch})`}.`,
      });
    return null;
  }
  const done = await withConnection(door.host, door.port, options, async connection => {
    const result = await connection.bind(bind?.name ?? '', bind ? Buffer.from(bind.password) : Buffer.alloc(0));
    if (result.code !== 0) {
      const { meaning, help } = explainResult(result);
      const who = bind ? `the account ${bind.name}` : 'an anonymous account';
      problems.push({ text: `${door.host} refuses ${who}: ${meaning} (${diagnosis(result)})`, help: help ?? '' });
      return { boundAs: null, population: null };
    }
    const { population, refusal } = await countUsers(connection, base, rootDse.kind, bind?.name ?? null);
    if (refusal && bind)
      problems.push({ text: `Users cannot be listed: ${diagnosis(refusal)}`, help: explainResult(refusal).help ?? '' });
    return { boundAs: bind?.name ?? null, population };
  });
  if (!done) problems.push({ text: `${door.host} ended the connection while it was asked for its users`, help: 'Try again.' });
  const nobody = !done?.population || done.population.users === 0;
  if (!bind && nobody)
    problems.push({
      text: isActiveDirectory(rootDse.kind)
        ? 'Users cannot be seen: Active Directory shows them to nobody who has not logged in'
        : 'No user is to be seen without an account',
      help: 'Name an account: --bind-name NAME --password-file FILE.',
    });
  return done;
}
