import {
  type Configuration,
  effective,
  type FilePurpose,
  folderOf,
  GLOBAL,
  get,
  lineOf,
  loadedModules,
  type MachineFacts,
  normalize,
  parseKeyLines,
  resolveRelativePath,
} from '@prosodist/core';
import { fileFact } from './access.js';
import { type Account, accountsOf } from './accounts.js';
import { libraryFacts } from './libraries.js';
import { luaFact } from './lua.js';
import { moduleFacts } from './modules.js';
import { packageFacts } from './packages.js';
import { type Root, rootAt } from './root.js';
import { saslauthdFact } from './saslauthd.js';
import { serviceFacts } from './services.js';

export interface InspectOptions {
  /** Where the machine's file system begins; `/` unless said. */
  readonly root?: string;
  /** Where its processes are shown; `/proc` unless said. */
  readonly proc?: string;
}

/** Files of one configuration; more than these are not looked at. */
const MOST_FILES = 200;

/**
 * What a login at a host finds on this machine: packages, modules, libraries, who may read what, and what runs. Everything is
 * read, nothing is started or asked.
 * @param configuration as it was read from below the root
 * @param host the prepared name of the virtual host
 */
export function inspectMachine(configuration: Configuration, host: string, options: InspectOptions = {}): MachineFacts {
  const root = rootAt(options.root ?? '/');
  const accounts = accountsOf(root);
  const account = accounts.account(userOf(configuration));
  const lua = luaFact(root);
  const loaded = loadedModules(configuration).find(candidate => candidate.host === host);
  const files = filesOf(root, configuration, host, account);
  return {
    root: root.path,
    packages: packageFacts(root),
    lua,
    modules: lua && moduleFacts(root, configuration, host, lua.version),
    libraries: lua && libraryFacts(root, loaded?.modules.map(({ name }) => name) ?? [], lua.version),
    account: accounts.known ? { user: account.user, exists: account.exists, groups: account.groups } : null,
    files: files.slice(0, MOST_FILES).map(([path, purpose]) => fileFact(root, accounts, account, path, purpose)),
    saslauthd: saslauthdFact(root, configuration, host, account),
    services: serviceFacts(root.path, options.proc),
  };
}

/** The machine that a configuration belongs to: what is above its `etc/prosody`; undefined where it lies elsewhere. */
export function machineRootOf(entry: string): string | undefined {
  const found = /^(.*?)\/etc\/prosody\/[^/]+$/.exec(normalize(entry));
  if (!found) return undefined;
  const root = found[1] === '' ? '/' : found[1]!;
  return rootAt(root).stat('/etc/passwd')?.kind === 'file' ? root : undefined;
}

function userOf(configuration: Configuration): string {
  const value = effective(configuration, GLOBAL, 'prosody_user')?.value;
  return value?.kind === 'string' ? value.value : 'prosody';
}

function filesOf(root: Root, configuration: Configuration, host: string, account: Account): [string, FilePurpose][] {
  const inside = (path: string) => (root.path !== '/' && path.startsWith(`${root.path}/`) ? path.slice(root.path.length) : path);
  const own = configuration.files
    .map(inside)
    .filter(path => path.startsWith('/'))
    .map(path => [path, 'configuration'] as [string, FilePurpose]);
  const conf = '/etc/ldap/ldap.conf';
  const more: [string, FilePurpose][] = [
    [conf, 'ldap.conf'],
    ['/etc/saslauthd.conf', 'saslauthd.conf'],
    ...(account.home === null ? [] : [[`${account.home}/.ldaprc`, 'ldap.conf'] as [string, FilePurpose]]),
  ];
  const there = more.filter(([path]) => root.stat(path) !== undefined);
  const text = root.read(conf);
  const lines = text === undefined ? undefined : parseKeyLines(text, 'ldap.conf');
  const authorities = lines && lineOf(lines, 'TLS_CACERT', 'last')?.value;
  const ssl = sslFiles(configuration, host, inside(folderOf(normalize(configuration.entry))));
  return [...own, ...ssl, ...there, ...(authorities ? [[authorities, 'authorities'] as [string, FilePurpose]] : [])];
}

/** The certificate and the key that `ssl` names for the host; what Prosody finds by itself is not looked for. */
function sslFiles(configuration: Configuration, host: string, folder: string): [string, FilePurpose][] {
  const ssl = effective(configuration, host, 'ssl')?.value;
  if (ssl?.kind !== 'table') return [];
  return (['certificate', 'key'] as const).flatMap(purpose => {
    const value = get(ssl, purpose);
    return value?.kind === 'string' ? [[resolveRelativePath(folder, value.value), purpose] as [string, FilePurpose]] : [];
  });
}
