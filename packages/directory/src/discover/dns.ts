import { promises as dns, type LookupAddress, type SrvRecord, lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import type { DnsRecord } from './types.js';

/** A server that DNS names for a service. */
export interface NamedServer {
  readonly host: string;
  readonly port: number;
  /** The record that names it. */
  readonly from: string;
}

export interface DnsAnswers {
  readonly records: readonly DnsRecord[];
  /** In the order in which a client tries them: by priority, then by weight (RFC 2782, without the dice). */
  readonly servers: readonly NamedServer[];
}

/** Asks one DNS server, or the system's; bounded in time. */
export interface Names {
  readonly srv: (name: string) => Promise<SrvRecord[]>;
  readonly addresses: (name: string) => Promise<string[]>;
  /** For connections: that DNS server first, then the system with its /etc/hosts. */
  readonly lookup: LookupFunction;
}

/** @throws Error for what is no address of a DNS server */
export function namesFrom(server: string | undefined, milliseconds: number): Names {
  const resolver = new dns.Resolver({ timeout: milliseconds, tries: 1 });
  if (server !== undefined) resolver.setServers([server]);
  const addresses = async (name: string) => {
    const found = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    return found.flatMap(answer => (answer.status === 'fulfilled' ? answer.value : []));
  };
  const lookup: LookupFunction = (host, options, callback) => {
    if (server === undefined || isIP(host) !== 0) return systemLookup(host, options, callback);
    void addresses(host).then(found => {
      if (found.length === 0) systemLookup(host, options, callback);
      else if (options.all)
        callback(
          null,
          found.map((address): LookupAddress => ({ address, family: isIP(address) })),
        );
      else callback(null, found[0]!, isIP(found[0]!));
    });
  };
  return { srv: name => resolver.resolveSrv(name), addresses, lookup };
}

/** The services that a domain may announce: those of AD (Samba too) and of plain LDAP (RFC 2782, MS-ADTS 6.3.2). */
const SERVICES = ['_ldap._tcp.dc._msdcs', '_ldaps._tcp', '_ldap._tcp', '_gc._tcp'];
const NO_RECORD = new Set(['ENOTFOUND', 'ENODATA']);

/**
 * What DNS says about the directory of a domain, or about one server.
 * @param name a domain or the name of a machine
 */
export async function askDns(names: Names, name: string): Promise<DnsAnswers> {
  const [services, addresses] = await Promise.all([
    Promise.all(SERVICES.map(service => srvRecord(names, `${service}.${name}`))),
    names.addresses(name),
  ]);
  const own: DnsRecord = { name, type: 'A/AAAA', values: addresses, problem: null };
  // the Global Catalog is a port of servers that the others name; it leads to none by itself where they are silent
  const found = services.flatMap(service => service.servers);
  const servers = found.filter(({ host }, index) => found.findIndex(other => other.host === host) === index);
  return { records: [...services.map(service => service.record), own], servers };
}

async function srvRecord(names: Names, name: string): Promise<{ record: DnsRecord; servers: NamedServer[] }> {
  try {
    const found = (await names.srv(name)).sort((a, b) => a.priority - b.priority || b.weight - a.weight);
    return {
      record: {
        name,
        type: 'SRV',
        values: found.map(({ priority, weight, port, name: host }) => `${priority} ${weight} ${port} ${host}`),
        problem: null,
      },
      // RFC 2782: a target of "." says that there is no such service
      servers: found
        .filter(({ name: host }) => host !== '' && host !== '.')
        .map(record => ({ host: record.name.toLowerCase(), port: record.port, from: name })),
    };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const problem = NO_RECORD.has(code) ? null : `DNS gave no answer (${code})`;
    return { record: { name, type: 'SRV', values: [], problem }, servers: [] };
  }
}
