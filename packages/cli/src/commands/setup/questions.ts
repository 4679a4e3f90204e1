// What a person in a terminal is asked, each with the answer that is likely.
import {
  type CurrentLdap,
  checkAttribute,
  classifyBindName,
  dnToDomain,
  domainToDn,
  LDAP_WAYS,
  type LdapChoices,
  type LdapSetupWay,
  parseDn,
  parseFilter,
  parseLdapHosts,
} from '@prosodist/core';
import { CommandError } from '../../status.js';
import type { Terminal } from '../../terminal.js';
import { visible } from '../../visible.js';
import { asServer } from './choices.js';
import type { Suggestion, SuggestionWish } from './suggest.js';

/** What is known before anybody is asked. */
export interface Known {
  /** The hosts that people may log in to, the likeliest first. */
  readonly hosts: readonly string[];
  /** The settings of the host now, for a way. */
  readonly currentOf: (host: string, way: LdapSetupWay | undefined) => CurrentLdap | undefined;
  /** Whether there is a host of this name. */
  readonly has: (host: string) => boolean;
  /** What the directory says of itself. */
  readonly suggest: (server: string, wish: SuggestionWish) => Promise<Suggestion>;
}

type Say = (text: string) => void;

/** Asks for what was not given. @throws CommandError when there will be no answer */
export async function askChoices(terminal: Terminal, say: Say, given: LdapChoices, known: Known): Promise<LdapChoices> {
  const ask = asker(terminal, say);
  const host = given.host ?? (await askHost(ask, known));
  const way = given.way ?? (await askWay(ask, say, known.currentOf(host, undefined)?.way));
  const now = known.currentOf(host, way);
  const servers = given.servers ?? (await ask('Directory server', serverOf(host, now), serverFlaw)).split(' ').map(asServer);
  const clear = given.startTls === undefined && servers.some(server => /^ldap:/i.test(server));
  const startTls = given.startTls ?? (clear ? await askYes(ask, 'Ask for TLS on that connection (StartTLS)', true) : undefined);
  const suggestion = await known.suggest(servers.join(' '), { ...(given.ca !== undefined && { ca: given.ca }) });
  for (const line of suggestion.told) say(line);
  const ca = given.ca ?? (suggestion.untrusted ? (await ask(AUTHORITY, '', authorityFlaw)) || undefined : undefined);
  const domain = suggestion.domain ?? dnToDomain(now?.base ?? '') ?? domainOf(servers[0]!);
  const bindName =
    given.bindName ?? (await ask('Account that searches', now?.bindName ?? accountOf(domain, suggestion), nameFlaw));
  const keeps = now?.hasPassword === true;
  const password =
    given.password ?? (bindName === '' ? undefined : await askPassword(terminal, say, keeps ? ' (empty: as it is)' : '', keeps));
  const account = typeof password === 'string' ? { name: bindName, password } : undefined;
  // with the account more is seen: where people are
  const seen =
    account && given.base === undefined
      ? await known.suggest(servers.join(' '), { account, ...(ca !== undefined && { ca }) })
      : suggestion;
  if (seen !== suggestion) for (const line of seen.told.filter(text => !suggestion.told.includes(text))) say(line);
  const base = given.base ?? (await ask('Container with the people', now?.base ?? baseOf(domain, seen), baseFlaw));
  const usual = now?.attribute ?? seen.attribute ?? 'sAMAccountName';
  const attribute = given.attribute ?? (await ask('Attribute with the name that people type', usual, attributeFlaw));
  const restricts = given.filter !== undefined || given.group !== undefined || now?.filter !== undefined;
  const group = restricts
    ? given.group
    : (await ask('Group whose members may log in (its DN; empty: everybody)', '', groupFlaw)) || undefined;
  const guests = given.guests ?? (await askYes(ask, `Guests without a password, at guest.${host}`, true));
  return {
    ...given,
    host,
    way,
    servers,
    bindName,
    base,
    attribute,
    guests,
    ...(startTls !== undefined && { startTls }),
    ...(group !== undefined && { group }),
    ...(ca !== undefined && { ca }),
    ...(typeof password === 'string' ? { password: { kind: 'text', value: password } } : password ? { password } : {}),
  };
}

const AUTHORITY = 'File with the certificate of its authority (PEM, from the root on; empty: I see to it)';

function authorityFlaw(answer: string): string | undefined {
  return answer === '' || answer.startsWith('/') ? undefined : 'Name the file from the root on: libldap does not look elsewhere.';
}

type Ask = (question: string, usual: string, flaw?: (answer: string) => string | undefined) => Promise<string>;

/** More wrong answers than these, and nobody sits there. */
const MOST_TRIES = 10;

/** Asks until the answer can be used; an empty one is the usual one. */
function asker(terminal: Terminal, say: Say): Ask {
  return async (question, usual, flaw = () => undefined) => {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const typed = (await terminal.ask(`${visible(question)}${usual === '' ? '' : ` [${visible(usual)}]`}: `)).trim();
      const answer = typed === '' ? usual : typed;
      const wrong = flaw(answer);
      if (wrong === undefined) return answer;
      say(`  ${visible(wrong)}`);
    }
    throw new CommandError('no answer that can be used; nothing was written');
  };
}

/** Whether the answer is yes. */
export async function askYes(ask: Ask, question: string, usual: boolean): Promise<boolean> {
  const flaw = (answer: string) => (/^(?:y|yes|n|no)$/i.test(answer) ? undefined : 'Type yes or no.');
  return /^y/i.test(await ask(question, usual ? 'yes' : 'no', flaw));
}

/** The same outside of the questions about choices. */
export async function confirm(terminal: Terminal, say: Say, question: string, usual: boolean): Promise<boolean> {
  return askYes(asker(terminal, say), question, usual);
}

/** A password, of which nothing is seen; undefined where one that is there may stay. */
export async function askPassword(terminal: Terminal, say: Say, hint: string, optional: boolean): Promise<string | undefined> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const answer = await terminal.ask(`Its password${hint}: `, { hidden: true });
    if (answer !== '') return answer;
    if (optional) return undefined;
    say('  Directories take no name without a password.');
  }
  throw new CommandError('no password; nothing was written');
}

async function askHost(ask: Ask, { hosts, has }: Known): Promise<string> {
  const [first = ''] = hosts;
  if (hosts.length === 1) return first;
  const flaw = (answer: string) => (has(answer) ? undefined : 'There is no such virtual host in this configuration.');
  return ask(`Virtual host that people log in to${hosts.length > 1 ? ` (${hosts.slice(0, 8).join(', ')})` : ''}`, first, flaw);
}

async function askWay(ask: Ask, say: Say, now: LdapSetupWay | undefined): Promise<LdapSetupWay> {
  for (const { way, label, reasons } of LDAP_WAYS) {
    say(`${way}: ${label}`);
    for (const reason of reasons) say(`  - ${reason}`);
  }
  const flaw = (answer: string) => (answer === 'ldap' || answer === 'ldap2' ? undefined : 'Type ldap or ldap2.');
  return (await ask('Module', now ?? 'ldap', flaw)) as LdapSetupWay;
}

function serverOf(host: string, now: CurrentLdap | undefined): string {
  return now?.server ?? `ldaps://dc1.${host.split('.').slice(1).join('.') || host}`;
}

function serverFlaw(answer: string): string | undefined {
  const parsed = parseLdapHosts(answer.split(' ').map(asServer).join(' '));
  return parsed.ok ? undefined : sentence(parsed.problem);
}

/** The domain of a server: its name without the first part. */
function domainOf(server: string): string {
  const parsed = parseLdapHosts(server);
  const name = parsed.ok ? (parsed.hosts[0]?.host ?? '') : '';
  return /[a-z]/i.test(name) ? name.split('.').slice(1).join('.') : '';
}

function accountOf(domain: string, { attribute }: Suggestion): string {
  if (domain === '') return '';
  return attribute === undefined || attribute === 'sAMAccountName'
    ? `prosody@${domain}`
    : `cn=prosody,${domainToDn(domain).toLowerCase()}`;
}

/** Active Directory has this container from the start, and OpenLDAP by habit the other. */
function baseOf(domain: string, { base, attribute }: Suggestion): string {
  if (base !== undefined) return base;
  if (domain === '') return '';
  return attribute === undefined || attribute === 'sAMAccountName'
    ? `CN=Users,${domainToDn(domain)}`
    : `ou=people,${domainToDn(domain).toLowerCase()}`;
}

function nameFlaw(answer: string): string | undefined {
  const name = classifyBindName(answer);
  return 'problem' in name ? sentence(name.problem) : undefined;
}

function baseFlaw(answer: string): string | undefined {
  const dn = parseDn(answer);
  return dn.ok ? undefined : sentence(dn.problem);
}

function attributeFlaw(answer: string): string | undefined {
  const problem = checkAttribute(answer);
  return problem && sentence(problem);
}

function groupFlaw(answer: string): string | undefined {
  if (answer === '') return undefined;
  const dn = parseDn(answer);
  if (dn.ok && dn.rdns.length > 0 && parseFilter(`(memberOf=${answer.replace(/[*()\\]/g, 'x')})`).ok) return undefined;
  return 'memberOf holds whole DNs: CN=Jitsi-Users,OU=Groups,DC=example,DC=com.';
}

function sentence({ message, help }: { readonly message: string; readonly help: string }): string {
  return `${message}. ${help}.`;
}
