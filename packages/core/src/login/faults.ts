// Faults that come before the settings of a module are read.
import { type Configuration, hosts, type Origin } from '../evaluate/index.js';
import type { FaultCode, LoginFault } from './answer.js';
import type { DirectoryWay } from './types.js';

/** Prosody refuses the configuration: it does not start. */
export function atStart({ errors }: Configuration): LoginFault {
  const error = errors[0];
  return {
    code: 'load-error',
    effect: 'not-served',
    condition: null,
    when: 'start',
    // of a syntax error Prosody says it in Lua's words
    logs: error && error.kind !== 'syntax' ? [error.text] : [],
    why: `Prosody does not start: ${error?.text ?? 'the configuration cannot be read'}.`,
    help: 'Mend the configuration; `prosodist check` shows the place.',
    settings: error?.origin ? [{ name: 'configuration', value: null, origin: error.origin }] : [],
  };
}

const SERVED: Readonly<Record<string, (host: string, extra: string) => readonly [why: string, help: string]>> = {
  'no-host': (host, others) => [
    `There is no VirtualHost "${host}"${others}, so Prosody refuses the connection before any login.`,
    `Add VirtualHost "${host}", or name another host.`,
  ],
  component: host => [
    `"${host}" is a component, and nobody logs in to a component.`,
    'Name the virtual host that users log in to.',
  ],
  'disabled-host': host => [
    `The host "${host}" has enabled = false, so Prosody does not serve it.`,
    'Remove enabled = false below the VirtualHost line.',
  ],
  'module-lists': (_, error) => [
    `Prosody does not start: ${error}. A list of modules, or the name of a provider, is of a type that it cannot use.`,
    'Write modules_enabled as a list of strings and authentication as a string.',
  ],
  'no-provider': host => [
    `The host "${host}" has no provider of accounts (authentication = "null"), so no way to log in is offered.`,
    'Set authentication to the provider that is wanted.',
  ],
};

/** The host is not there, not on, or has nobody who could answer. */
export function notServed(
  configuration: Configuration,
  host: string,
  code: FaultCode & keyof typeof SERVED,
  detail = '',
): LoginFault {
  const names = hosts(configuration).map(section => section.name);
  const others = names.length > 0 ? ` (hosts: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''})` : '';
  const [why, help] = SERVED[code]!(host, code === 'no-host' ? others : detail);
  return {
    code,
    effect: code === 'no-provider' ? 'not-offered' : 'not-served',
    condition: null,
    when: 'start',
    logs: code === 'no-host' ? [`BOSH client tried to connect to non-existent host: ${host}`] : detail === '' ? [] : [detail],
    why,
    help,
    settings: [],
  };
}

export function moduleMissing(module: string, origin: Origin | null): LoginFault {
  const path = `/usr/lib/prosody/modules/share/lua/5.4/mod_${module}/mod_${module}.lua`;
  return missing('module-missing', [`Unable to load module '${module}': ${path}: No such file or directory`], origin, [
    `The module mod_${module} is not installed, so Prosody offers no way to log in.`,
    module === 'auth_ldap2' || module === 'auth_cyrus'
      ? 'Install it: apt install prosody-modules.'
      : 'Write the name of a provider that is installed, or install it.',
  ]);
}

/** mod_auth_ldap2 without ldap.lib.lua, as when only the module's own file was copied. */
export function sharedFileMissing(host: string, origin: Origin | null): LoginFault {
  const failed =
    "Failed to load plugin library 'ldap', error: /usr/lib/prosody/modules/mod_ldap/ldap.lib.lua: No such file or directory";
  return missing('library-missing', [`Error initializing module 'auth_ldap2' on '${host}': ${failed}`], origin, [
    'The file ldap.lib.lua is not installed beside mod_auth_ldap2, so the module does not load and no way to log in is offered.',
    'Install both: apt install prosody-modules, or prosodyctl install mod_lib_ldap.',
  ]);
}

export function libraryMissing(
  way: DirectoryWay,
  host: string,
  library: string,
  debian: string,
  origin: Origin | null,
): LoginFault {
  const logs =
    way === 'ldap2'
      ? [`Failed to load the LuaLDAP library for accessing LDAP: module '${library}' not found`]
      : [`Error initializing module 'auth_${way}' on '${host}': module '${library}' not found`];
  return missing('library-missing', logs, origin, [
    `The Lua library ${library} is not installed for Prosody's Lua, so mod_auth_${way} does not load and no way to log in is offered.`,
    `Install it: apt install ${debian}.`,
  ]);
}

function missing(
  code: FaultCode,
  logs: readonly string[],
  origin: Origin | null,
  [why, help]: readonly [string, string],
): LoginFault {
  const settings = origin ? [{ name: 'authentication', value: null, origin }] : [];
  return { code, effect: 'not-offered', condition: null, when: 'start', logs, why, help, settings };
}
