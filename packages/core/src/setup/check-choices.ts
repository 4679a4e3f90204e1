// Whether what was chosen can work at all. What only a directory can tell is not asked here.
import type { ProsodyVersion } from '../catalog/index.js';
import {
  checkAttribute,
  checkLdap2Filter,
  classifyBindName,
  isDomainRoot,
  type LdapHost,
  parseDn,
  parseFilter,
  parseLdapHosts,
} from '../ldap/index.js';
import { type Refused, refuse } from './draft.js';
import { restriction } from './filters.js';
import type { LdapChoices, LdapSetupWay, SetupOptions } from './types.js';

/** The settings as they would be: what was chosen, and for the rest what is there. */
export interface Resolved {
  readonly server: string;
  readonly startTls: boolean;
  readonly bindName: string;
  readonly hasPassword: boolean;
  readonly base: string;
  readonly attribute: string;
}

/** Why the choices cannot work; undefined where they can. */
export function checkChoices(
  resolved: Resolved,
  choices: LdapChoices,
  way: LdapSetupWay,
  options: SetupOptions,
): Refused | undefined {
  return (
    checkServer(resolved, options) ??
    checkAccount(resolved, choices, options.prosody ?? '13.0') ??
    checkBase(resolved) ??
    checkNames(resolved, choices, way)
  );
}

function checkServer({ server, startTls }: Resolved, { allowPlaintext }: SetupOptions): Refused | undefined {
  if (server.trim() === '')
    return no('no directory server is named', 'Name one: ldaps://dc1.example.com, as its certificate names it.');
  const parsed = parseLdapHosts(server);
  if (!parsed.ok) return no(`the server cannot be used: ${parsed.problem.message}`, parsed.problem.help);
  const encrypted = parsed.hosts.filter(isEncrypted);
  if (startTls && encrypted.length > 0)
    return no(
      'ldaps:// and StartTLS are both asked for, and the connection fails with "Operations error"',
      'Leave StartTLS out: ldaps:// is encrypted from the start.',
    );
  const clear = parsed.hosts.find(host => !isEncrypted(host) && host.scheme !== 'ldapi');
  if (clear && !startTls && allowPlaintext !== true)
    return no(
      `passwords would go to ${clear.host} in the clear`,
      `Write ldaps://${clear.host}, or ask for StartTLS. Active Directory refuses such logins ("Strong(er) authentication required").`,
    );
  return undefined;
}

export function isEncrypted({ scheme }: LdapHost): boolean {
  return scheme === 'ldaps' || scheme === 'pldaps';
}

function checkAccount(
  { bindName, hasPassword }: Resolved,
  { password }: LdapChoices,
  prosody: ProsodyVersion,
): Refused | undefined {
  const name = classifyBindName(bindName);
  if ('problem' in name) return no(`the name of the service account cannot be used: ${name.problem.message}`, name.problem.help);
  if (name.kind !== 'empty' && !hasPassword)
    return no(
      'the service account has no password',
      'Give its password; directories refuse a name without one, or take it for nobody.',
    );
  if (password?.kind === 'text' || password?.kind === 'file') {
    if (password.value === '') return no('the password of the service account is empty', 'Give its password.');
    if (/\0/.test(password.value ?? '') || (password.kind === 'file' && /[\r\n]/.test(password.value ?? '')))
      return no('the password has a line end or a NUL in it', 'Give the password alone.');
  }
  if (password && password.kind !== 'text' && prosody === '0.12')
    return no(
      `Prosody 0.12 has no ${password.kind === 'file' ? 'FileLine' : 'Credential'}, and would not start`,
      'Let the password stand in the settings; their file is for root and Prosody only.',
    );
  return undefined;
}

function checkBase({ base, server }: Resolved): Refused | undefined {
  const parsed = parseDn(base);
  if (!parsed.ok) return no(`the base DN is none: ${parsed.problem.message}`, parsed.problem.help);
  if (parsed.rdns.length === 0 && !usesGlobalCatalogue(server))
    return no('no base DN is given', 'Name the container with the people: OU=Staff,DC=example,DC=com.');
  return undefined;
}

function checkNames({ attribute }: Resolved, choices: LdapChoices, way: LdapSetupWay): Refused | undefined {
  const problem = checkAttribute(attribute);
  if (problem) return no(`the login attribute is none: ${problem.message}`, problem.help);
  if (choices.group !== undefined) {
    const group = parseDn(choices.group);
    if (!group.ok || group.rdns.length === 0)
      return no(
        `\`${choices.group}\` is no DN of a group`,
        'memberOf holds whole DNs: CN=Jitsi-Users,OU=Groups,DC=example,DC=com.',
      );
  }
  const rest = restriction(attribute, choices);
  if (rest === '') return undefined;
  if (/\$user|%[su]\b/.test(choices.filter ?? ''))
    return no('the filter has a place for the name in it', 'Leave that part out: the login attribute is compared with the name.');
  const read = way === 'ldap2' ? checkLdap2Filter(rest) : parseFilter(rest);
  return read.ok ? undefined : no(`the filter cannot be used: ${read.problem.message}`, read.problem.help);
}

/** What works, and deserves a second thought. */
export function doubtsAbout({ server, startTls, bindName, base, attribute }: Resolved, way: LdapSetupWay): string[] {
  const parsed = parseLdapHosts(server);
  const hosts = parsed.ok ? parsed.hosts : [];
  const safe = hosts.filter(host => isEncrypted(host) || startTls);
  const byAddress = safe.find(({ host }) => /^[\d.]+$|:/.test(host));
  return [
    ...(hosts.some(host => !isEncrypted(host) && !startTls && host.scheme !== 'ldapi')
      ? ['passwords go to the directory in the clear: everybody on the way can read them']
      : []),
    ...(byAddress
      ? [`certificates of directories seldom name an address: ${byAddress.host} will be refused unless this one does`]
      : []),
    ...(safe.some(({ host }) => host === 'localhost')
      ? ["libldap takes this machine's own name for `localhost`: the certificate has to be for that"]
      : []),
    ...(isDomainRoot(base) && !usesGlobalCatalogue(server)
      ? [
          way === 'ldap2'
            ? 'the base is the root of a domain: Active Directory answers with references, and whoever mistypes the name waits for ever; name a container, or the Global Catalog (port 3269)'
            : 'the base is the root of a domain: every account of it may log in, and Active Directory answers with references too; name the container with the people',
        ]
      : []),
    ...(bindName === '' ? ['nobody is named to search as: Active Directory then finds nobody'] : []),
    ...(/^(?:mail|userPrincipalName)$/i.test(attribute)
      ? [`\`${attribute}\` holds an @, which Prosody takes in no user name: nobody can type it`]
      : []),
    ...(way === 'ldap2'
      ? ['ldap2 puts the typed name into the filter as it is: `al*` logs in as well; mod_auth_ldap escapes it']
      : []),
  ];
}

function usesGlobalCatalogue(server: string): boolean {
  const parsed = parseLdapHosts(server);
  return parsed.ok && parsed.hosts.length > 0 && parsed.hosts.every(({ port }) => port === 3268 || port === 3269);
}

function no(what: string, help: string): Refused {
  return refuse('settings', what, /[.!?]$/.test(help) ? help : `${help}.`, 'With it nobody could log in.');
}
