import {
  type Configuration,
  type FileSystem,
  type Login,
  loginOf,
  type MachineFacts,
  mechanismsOffered,
  type Offered,
  type SaslPlaces,
} from '@prosodist/core';
import { inspectMachine } from './inspect/index.js';

/** Who answers a login at a host, and what the machine has for it. */
export interface HostLogin {
  readonly login: Login;
  /** Null where the configuration belongs to no machine, or Prosody does not load it. */
  readonly machine: MachineFacts | null;
  /** What is offered to a web page whose server speaks plain HTTP to Prosody, as Jitsi's nginx does; null without BOSH and WebSocket. */
  readonly offered: Offered | null;
  readonly transport: 'bosh' | 'websocket';
  /** Where the files of the provider cyrus are, for `mechanismsOffered` over another connection; null without a machine. */
  readonly places: SaslPlaces | null;
  /** Of the provider cyrus: whether saslauthd's socket is there; undefined where that cannot be seen. */
  readonly saslauthd: boolean | undefined;
}

/**
 * Looks up who answers a login at a host, with what the machine has installed.
 * @param root where the machine's file system begins; null for a configuration that belongs to none
 */
export function hostLogin(configuration: Configuration, files: FileSystem, host: string, root: string | null): HostLogin {
  const machine = root !== null && configuration.ok ? inspectMachine(configuration, host, { root }) : null;
  const before = root === '/' ? '' : (root ?? '');
  const login = loginOf(configuration, host, {
    ...(root !== null && { files, root: before }),
    hasModule: name => {
      const fact = machine?.modules?.find(({ file }) => file === `mod_${name}.lua`);
      return fact && fact.path !== null;
    },
    hasLibrary: name => {
      // a part of mod_lib_ldap of prosody-modules, found like a module
      if (name === 'ldap.lib') return machine?.modules?.every(({ file, path }) => file !== 'ldap.lib.lua' || path !== null);
      const fact = machine?.libraries?.find(library => library.name === name);
      return fact && fact.path !== null;
    },
  });
  const places = root === null ? null : { files, root: before, saslauthd: '/etc/saslauthd.conf' };
  const offers = (['bosh', 'websocket'] as const).map(transport => ({
    transport,
    offered: mechanismsOffered(configuration, login, { transport, secure: false }, places),
  }));
  const served = offers.find(({ offered }) => offered.kind === 'offer');
  // of a system that only lies in a folder nothing runs
  const saslauthd = root === '/' && machine?.saslauthd ? machine.saslauthd.socket !== null : undefined;
  return { login, machine, offered: served?.offered ?? null, transport: served?.transport ?? 'bosh', places, saslauthd };
}
