import { findModule } from '../catalog/index.js';
import {
  type Configuration,
  effective,
  type FileSystem,
  GLOBAL,
  type HostModules,
  type LoadedModule,
  loadedModules,
  type Origin,
} from '../evaluate/index.js';
import { nameprep } from '../evaluate/prosody/nameprep.js';
import type { Login } from './answer.js';
import { atStart, libraryMissing, moduleMissing, notServed, sharedFileMissing } from './faults.js';
import { readCyrus } from './provider-cyrus.js';
import { readLdap } from './provider-ldap.js';
import { readLdap2 } from './provider-ldap2.js';
import type { Read } from './reading.js';
import type { DirectoryWay } from './types.js';

/** What the caller knows of the machine. Without it a module of Prosody or a known collection counts as installed. */
export interface LoginOptions {
  /** The files of the machine, for saslauthd.conf and libsasl's files. */
  readonly files?: FileSystem;
  /** What stands before `/etc` in `files`: empty for this machine. */
  readonly root?: string;
  /** saslauthd's option `-O`; `/etc/saslauthd.conf` if not given. */
  readonly saslauthdFile?: string;
  /** Whether a module (`auth_ldap2`) is installed; undefined: not known. */
  readonly hasModule?: (name: string) => boolean | undefined;
  /** Whether a Lua library (`lualdap`), or a file that modules share (`ldap.lib`), is installed; undefined: not known. */
  readonly hasLibrary?: (name: string) => boolean | undefined;
}

/** The Lua libraries of the modules, and Debian's packages of them. */
const LIBRARIES: Readonly<Record<DirectoryWay, readonly [library: string, debian: string]>> = {
  ldap2: ['lualdap', 'lua-ldap'],
  ldap: ['lualdap', 'lua-ldap'],
  cyrus: ['cyrussasl', 'lua-cyrussasl'],
};

/**
 * Who answers a login at a host: a directory with these settings, another provider, nobody because of a fault, or it is not
 * known. Nothing is asked or opened but files of `options`.
 * @param host the name of a virtual host, in any case
 * Source: core/usermanager.lua (initialize_host), core/modulemanager.lua, and the modules named in the readers.
 * @example
 * const files = memoryFiles({ 'prosody.cfg.lua': 'VirtualHost "example.com"\nauthentication = "internal_hashed"\n' });
 * loginOf(load(files, 'prosody.cfg.lua'), 'example.com').kind // → 'other'
 */
export function loginOf(configuration: Configuration, host: string, options: LoginOptions = {}): Login {
  const name = nameprep(host) ?? host;
  const about = { host: name, provider: null, named: null };
  if (!configuration.ok) return { ...about, kind: 'fault', fault: atStart(configuration), settings: null };
  const section = configuration.sections.get(name);
  const modules = loadedModules(configuration).find(entry => entry.host === name);
  if (!section || section.name === GLOBAL || !modules) {
    if (configuration.stopped) return { ...about, kind: 'unknown', reason: configuration.stopped.reason, settings: [] };
    return { ...about, kind: 'fault', fault: notServed(configuration, name, 'no-host'), settings: null };
  }
  const off = modules.kind === 'component' ? 'component' : modules.enabled === false ? 'disabled-host' : undefined;
  if (off) return { ...about, kind: 'fault', fault: notServed(configuration, name, off), settings: null };
  if (modules.failure !== null)
    return { ...about, kind: 'fault', fault: notServed(configuration, name, 'module-lists', modules.failure), settings: null };
  const doubt = modules.doubt ?? (modules.enabled === null ? 'whether the host is enabled' : null);
  if (doubt !== null) return { ...about, kind: 'unknown', reason: doubt, settings: [] };
  return byProvider(configuration, name, modules, options);
}

function byProvider(configuration: Configuration, host: string, modules: HostModules, options: LoginOptions): Login {
  const loaded = modules.modules.find(module => module.role === 'auth');
  const open = modules.unknown.find(module => module.role === 'auth');
  const named = effective(configuration, host, 'authentication')?.setting.valueOrigin ?? null;
  if (open || !loaded) {
    const about = { host, provider: null, named };
    if (open)
      return { ...about, kind: 'unknown', reason: `the provider is not known: ${open.reason}`, settings: placedAt(named) };
    return { ...about, kind: 'fault', fault: notServed(configuration, host, 'no-provider'), settings: null };
  }
  const provider = loaded.name.replace(/^auth_/, '');
  const about = { host, provider, named: originOf(loaded) ?? named };
  const there = options.hasModule?.(loaded.name) ?? (findModule(loaded.name, configuration.version) ? true : undefined);
  if (there === undefined)
    return { ...about, kind: 'unknown', reason: `no module mod_${loaded.name} is known`, settings: placedAt(named) };
  if (!there) return { ...about, kind: 'fault', fault: moduleMissing(loaded.name, about.named), settings: null };
  if (provider !== 'ldap2' && provider !== 'ldap' && provider !== 'cyrus') return { ...about, kind: 'other' };
  if (provider === 'ldap2' && options.hasLibrary?.('ldap.lib') === false)
    return { ...about, kind: 'fault', fault: sharedFileMissing(host, about.named), settings: null };
  const [library, debian] = LIBRARIES[provider];
  if (options.hasLibrary?.(library) === false)
    return { ...about, kind: 'fault', fault: libraryMissing(provider, host, library, debian, about.named), settings: null };
  const read = reader(provider, configuration, host, options);
  return read.kind === 'settings'
    ? { ...about, kind: 'directory', settings: read.settings }
    : { ...about, ...withHost(read, host) };
}

function reader(way: DirectoryWay, configuration: Configuration, host: string, options: LoginOptions): Read {
  if (way === 'ldap2') return readLdap2(configuration, host);
  if (way === 'ldap') return readLdap(configuration, host);
  const { files, root = '', saslauthdFile = '/etc/saslauthd.conf' } = options;
  return readCyrus(configuration, host, files ? { files, root, saslauthd: saslauthdFile } : null);
}

/** The readers do not know how the host is called in the log. */
function withHost<T extends Exclude<Read, { kind: 'settings' }>>(read: T, host: string): T {
  if (read.kind !== 'fault') return read;
  return { ...read, fault: { ...read.fault, logs: read.fault.logs.map(line => line.replace('%HOST%', () => host)) } };
}

function originOf({ sources }: LoadedModule): Origin | null {
  const source = sources.find(entry => entry.kind === 'option');
  return source?.kind === 'option' ? source.origin : null;
}

function placedAt(origin: Origin | null) {
  return origin ? [{ name: 'authentication', value: null, origin }] : [];
}
