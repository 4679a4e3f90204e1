// Our modules of a tree against Prosody's own module manager.
import assert from 'node:assert/strict';
import { type Configuration, type HostModules, load, loadedModules } from '@prosodist/core';
import { asFileSystem } from './ours.js';
import type { Lab, Tree, Version } from './prosody.js';
import { absolute } from './prosody-files.js';

/** What test/oracle/dump-modules.lua says of one host: names of modules, each with the file that it is in. */
interface TheirHost {
  readonly enabled: boolean;
  readonly component_module: string | null;
  /** Absent where the host is no component: `component_module = false` is dumped as a name. */
  readonly component_file?: string | null;
  readonly modules: Names;
  readonly authz: Names;
  readonly auth?: Names;
  readonly storage: Names;
}

type Names = Readonly<Record<string, string | null>>;
type Theirs = { readonly hosts: Readonly<Record<string, TheirHost>> };

/** What was seen: hosts that are equal, equal as far as we know them, and configurations that end the server's start. */
export interface Figures {
  equal: number;
  unknown: number;
  failing: number;
}

/** Holds our modules of a tree against Prosody's. A tree that Prosody refuses has none. */
export async function compareModules(lab: Lab, tree: Tree, figures: Figures): Promise<void> {
  const { files, entry, env = {} } = tree;
  const ours = load(asFileSystem(files), absolute(entry), { prosody: lab.version, environment: env });
  const answer = await lab.modulesNext({ files, entry, env });
  const hosts = loadedModules(ours);
  if ('error' in answer) {
    // get_modules_for_host or the name of a provider raised it, as it does in the server
    const said = hosts.flatMap(host => host.failure ?? []);
    assert.ok(
      said.some(failure => answer.error.includes(failure.replace(/ \(.*/, ''))) || !ours.ok,
      `${answer.error} is not ${said.join()}`,
    );
    figures.failing += 1;
    return;
  }
  if (answer.text.startsWith('{"ok":false')) return;
  const theirs = parsed(answer.text);
  if (ours.ok)
    assert.deepEqual(
      hosts.flatMap(host => host.failure ?? []),
      [],
    );
  compareHosts(ours, hosts, theirs, figures);
}

function parsed(text: string): Theirs {
  // the dump writes a control character in a name as it is
  return JSON.parse(text.replace(/[\x00-\x09\x0b-\x1f]/g, escaped)) as Theirs;
}

function escaped(character: string): string {
  return JSON.stringify(character).slice(1, -1);
}

function compareHosts(configuration: Configuration, hosts: readonly HostModules[], theirs: Theirs, figures: Figures): void {
  const named = hosts.filter(host => !host.host.startsWith('?'));
  if (named.length === hosts.length && hosts.every(host => host.doubt === null))
    assert.deepEqual(hosts.map(host => host.host).sort(), Object.keys(theirs.hosts).sort());
  for (const host of named) {
    const their = theirs.hosts[host.host];
    if (!their) {
      assert.ok(host.doubt !== null, `${host.host} is not there`);
      continue;
    }
    if (host.enabled !== null) assert.equal(host.enabled, their.enabled, `${host.host} enabled`);
    const known = compareHost(host, their.enabled ? wanted(their, configuration.version) : new Map());
    figures[known ? 'equal' : 'unknown'] += 1;
  }
}

/** Name → the roles in which Prosody loads it. */
function wanted(their: TheirHost, version: Version): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const add = (role: string, names: Names = {}) => {
    for (const name of Object.keys(names)) found.set(name, [...(found.get(name) ?? []), role]);
  };
  // what the dump says of providers that are built in, or have another name, is in core/usermanager.lua and storagemanager.lua
  const without = (names: Names, name: string) => Object.fromEntries(Object.entries(names).filter(([key]) => key !== name));
  add('authz', their.authz);
  add('auth', without(their.auth ?? {}, 'auth_null'));
  if (their.component_module !== null && their.component_file !== undefined) add('component', { [their.component_module]: null });
  add('module', their.modules);
  const storage = without(their.storage, 'storage_null');
  const renamed =
    version === '0.12' && 'storage_sql2' in storage ? { ...without(storage, 'storage_sql2'), storage_sql: null } : storage;
  add('storage', renamed);
  return found;
}

const ROLES: Readonly<Record<string, string>> = {
  component_module: 'component',
  authentication: 'auth',
  anonymous_login: 'auth',
  authorization: 'authz',
  storage: 'storage',
  default_storage: 'storage',
};

/** Whether all is known; what is, must be so. */
function compareHost(host: HostModules, wanted: ReadonlyMap<string, readonly string[]>): boolean {
  const roleOf = (source: HostModules['modules'][number]['sources'][number]) =>
    source.kind === 'always' ? 'module' : (ROLES[source.option] ?? 'module');
  const ours = new Map(host.modules.map(({ name, sources }) => [name, [...new Set(sources.map(roleOf))].sort()]));
  const theirs = new Map([...wanted].map(([name, roles]) => [name, [...roles].sort()]));
  if (host.unknown.length === 0 && host.enabled !== null) {
    assert.deepEqual(Object.fromEntries([...ours].sort()), Object.fromEntries([...theirs].sort()), host.host);
    for (const { name } of host.disabled) assert.ok(!theirs.has(name), `${name} is disabled`);
    return true;
  }
  for (const name of ours.keys()) assert.ok(theirs.has(name) || host.enabled === null, `${host.host} has no ${name}`);
  const perhaps = new Set(host.unknown.map(module => module.name));
  const open = perhaps.has(null);
  for (const name of theirs.keys()) assert.ok(ours.has(name) || perhaps.has(name) || open, `${host.host} has ${name}`);
  return false;
}
