import { activeDirectory } from './ad.js';
import { type Misbehaviour, misbehaving } from './misbehaving.js';
import type { DirectoryServer } from './server.js';
import { openLdap } from './slapd.js';

/** Where a configuration's names lead to. */
export interface Surroundings {
  readonly names: Readonly<Record<string, string>>;
  /** What `{{address}}` is in its text. */
  readonly address: string;
  /** The authority's certificate, a file. */
  readonly ca: string;
}

const starts: Readonly<Record<string, () => Promise<Surroundings>>> = {
  ad: () => ad(),
  'ad-expired': () => ad('expired'),
  'ad-wrong-name': () => ad('wrong-name'),
  'ad-self-signed': () => ad('self-signed'),
  openldap: () => ldap(),
  'openldap-self-signed': () => ldap({ certificate: 'self-signed' }),
  'openldap-wrong-name': () => ldap({ certificate: 'wrong-name' }),
  'openldap-expired': () => ldap({ certificate: 'expired' }),
  'openldap-with-address': () => ldap({ certificate: 'with-address' }),
  'openldap-localhost': async () => {
    const server = await ldap({ certificate: 'for-localhost' });
    return { ...server, names: { localhost: server.address } };
  },
  'openldap-plain': () => ldap({ certificate: 'none' }),
  'openldap-tls-only': () => ldap({ demandTls: true }),
  'openldap-members-only': () => ldap({ anonymous: false }),
  'openldap-one': () => ldap({ sizeLimit: 1 }),
  'openldap-away': async () => ldap({ referral: `ldap://${(await surroundings('openldap')).address}` }),
  silent: () => broken('silent'),
  resets: () => broken('resets'),
  garbage: () => broken('garbage'),
  slow: () => broken('slow'),
  'closes-mid-answer': () => broken('closes-mid-answer'),
};
const running = new Map<string, Promise<Surroundings>>();

/** The directory of that kind; one of each runs in a process, until its end. */
export function surroundings(kind: string): Promise<Surroundings> {
  const start = starts[kind];
  if (!start) throw new Error(`no directory is called ${kind}: ${Object.keys(starts).join(', ')}`);
  const known = running.get(kind) ?? start();
  running.set(kind, known);
  return known;
}

/** What is missing for any of them, or null. */
export function whyNoDirectories(): string | null {
  for (const lab of [activeDirectory(), openLdap()]) if ('missing' in lab) return lab.missing;
  return null;
}

function ad(certificate?: 'expired' | 'wrong-name' | 'self-signed'): Promise<DirectoryServer> {
  const lab = activeDirectory();
  if ('missing' in lab) throw new Error(lab.missing);
  return lab.start(certificate && { certificate });
}

function ldap(
  options: Parameters<Extract<ReturnType<typeof openLdap>, { start: unknown }>['start']>[0] = {},
): Promise<DirectoryServer> {
  const lab = openLdap();
  if ('missing' in lab) throw new Error(lab.missing);
  return lab.start(options);
}

// In front of a real OpenLDAP, whose name then leads here.
async function broken(how: Misbehaviour): Promise<Surroundings> {
  const real = await surroundings('openldap');
  const { address } = await misbehaving(how, { to: { host: real.address, port: 389 } });
  return { names: { 'ldap.example.org': address }, address, ca: real.ca };
}
