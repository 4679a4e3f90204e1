// A real DNS server (dnsmasq) that knows one domain and asks nobody else.
import { existsSync } from 'node:fs';
import { Daemon, mortal } from './daemon.js';
import { ownAddress } from './loopback.js';

export interface DnsServer {
  readonly address: string;
  stop(): Promise<void>;
}

/** What it knows: addresses by name, and SRV records as dnsmasq writes them (`_ldap._tcp.a.b,dc1.a.b,389,0,100`). */
export interface Zone {
  readonly domain: string;
  readonly hosts: Readonly<Record<string, string>>;
  readonly services: readonly string[];
}

/** How it is started here, or what is missing for it. */
export function dnsLab(): { startDns(zone: Zone): Promise<DnsServer> } | { missing: string } {
  if (process.getuid?.() !== 0) return { missing: 'DNS listens at a port that needs root' };
  if (!existsSync('/usr/sbin/dnsmasq')) return { missing: 'dnsmasq is not there: run test/labs/install-directory.sh' };
  return { startDns };
}

async function startDns({ domain, hosts, services }: Zone): Promise<DnsServer> {
  const address = await ownAddress();
  const options = [
    '--keep-in-foreground --conf-file=/dev/null --no-hosts --no-resolv --no-daemon --bind-interfaces --user=root --pid-file',
    `--listen-address=${address} --local=/${domain}/`,
    ...Object.entries(hosts).map(([name, to]) => `--host-record=${name},${to}`),
    ...services.map(service => `--srv-host=${service}`),
  ];
  const daemon = new Daemon(mortal('/usr/sbin/dnsmasq', ...options.join(' ').split(' ')));
  await daemon.listensAt(address, 53);
  return { address, stop: () => daemon.stop() };
}
