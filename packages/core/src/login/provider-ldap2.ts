// The settings of mod_auth_ldap2 and the faults that ldap.lib.lua of prosody-modules meets with them, in its order.
import type { Configuration, TableValue } from '../evaluate/index.js';
import type { FaultCode, LoginFault } from './answer.js';
import { asCString, asLuaTruth, asShown, type Held, heldField, heldOption, placed, type Taken } from './lua-values.js';
import type { Read } from './reading.js';
import type { DirectorySettings, Placed } from './types.js';

const FILE = '/usr/lib/prosody/modules/ldap.lib.lua';
const HANGS = 'and the client gets no answer ("Connecting…" for ever)';

/**
 * Reads the table `ldap` of a host as ldap.lib.lua does: nothing is checked when it loads, so a wrong type is an error at
 * every login. The service connection is opened before anything of `user` is read.
 */
export function readLdap2(configuration: Configuration, host: string): Read {
  const table = heldOption(configuration, host, 'ldap');
  if (table.value.kind === 'unknown') return unknown(table, table.value.reason);
  if (table.value.kind === 'nil' || (table.value.kind === 'boolean' && !table.value.value)) return noTable(table);
  if (table.value.kind !== 'table') return { kind: 'fault', fault: notATable(table), settings: null };
  const ldap = table as Held & { readonly value: TableValue };
  const field = (key: string) => heldField(ldap, key);
  const [hostname, bindDn, password, useTls] = ['hostname', 'bind_dn', 'bind_password', 'use_tls'].map(field) as [
    Held,
    Held,
    Held,
    Held,
  ];
  const texts = [hostname, bindDn, password].map(held => asCString(held.value));
  const open = [hostname, bindDn, password].find((_, index) => texts[index]!.is === 'unknown');
  const startTls = asLuaTruth(useTls.value);
  if (open) return unknown(open, reasonOf(asCString(open.value)));
  if (startTls === undefined) return unknown(useTls, useTls.value.kind === 'unknown' ? useTls.value.reason : '');
  const wrong = texts.findIndex((text, index) => text.is === 'wrong' || (index === 0 && text.is === 'nil'));
  if (wrong >= 0) {
    const held = [hostname, bindDn, password][wrong]!;
    return { kind: 'fault', fault: badArgument(wrong + 1, held, texts[wrong]!), settings: null };
  }
  const text = (index: number) => valueOf(texts[index]!);
  const service: DirectorySettings = {
    way: 'ldap2',
    host,
    server: placed(hostname, text(0) ?? ''),
    startTls: placed(useTls, startTls),
    bindName: text(1) ? placed(bindDn, text(1)!) : null,
    bindPassword: text(2) ? placed(password, text(2)!) : null,
    base: null,
    scope: { value: 'subtree', name: 'scope', origin: null },
    filter: { value: '', name: 'ldap.user.filter', origin: null },
    userAttribute: null,
  };
  return readUser(field('user'), service);
}

/** `params.user` and what is in it: read when the service account is in. */
function readUser(user: Held, service: DirectorySettings): Read {
  const fault = (code: FaultCode, line: number, text: string, help: string, at: readonly Held[]): Read => ({
    kind: 'fault',
    fault: raised(code, line, text, help, at),
    settings: service,
  });
  if (user.value.kind === 'unknown') return unknown(user, user.value.reason);
  const help = 'Write user = { basedn = "…", filter = "…", usernamefield = "…" } in the table ldap.';
  if (user.value.kind !== 'table' && user.value.kind !== 'string')
    return fault('no-user-table', 181, `attempt to index a ${user.value.kind} value (field 'user')`, help, [user]);
  const nothing = (key: string): Held => ({ name: `${user.name}.${key}`, value: { kind: 'nil', origin: null }, origin: null });
  const field = (key: string) =>
    user.value.kind === 'table' ? heldField(user as Held & { readonly value: TableValue }, key) : nothing(key);
  const [attribute, base, filter] = [field('usernamefield'), field('basedn'), field('filter')];
  const open = [attribute, base, filter].find(held => held.value.kind === 'unknown');
  if (open) return unknown(open, open.value.kind === 'unknown' ? open.value.reason : '');
  if (filter.value.kind !== 'string' && filter.value.kind !== 'nil') {
    const text =
      filter.value.kind === 'table'
        ? "attempt to call a nil value (method 'sub')"
        : `attempt to index a ${filter.value.kind} value (local 'filter')`;
    return fault('bad-filter-type', 231, text, 'Write the filter as a string.', [filter]);
  }
  const shown = asShown(attribute.value);
  if (shown.is !== 'value')
    return fault('bad-search-option', 217, 'LuaLDAP: Bad search filter', 'Write the name of one attribute as a string.', [
      attribute,
    ]);
  const baseText = asCString(base.value);
  if (baseText.is === 'wrong') {
    const text = `LuaLDAP: invalid value on option \`base': string expected, got ${baseText.type}`;
    return fault('bad-search-option', 217, text, 'Write the base DN as a string.', [base]);
  }
  return {
    kind: 'settings',
    settings: {
      ...service,
      base: baseText.is === 'value' ? placed(base, baseText.value) : null,
      filter: placed(filter, filter.value.kind === 'string' ? filter.value.value : ''),
      userAttribute: attribute.value.kind === 'nil' ? null : placed(attribute, shown.value),
    },
  };
}

function noTable(table: Held): Read {
  const fault: LoginFault = {
    code: 'no-ldap-table',
    effect: 'not-offered',
    condition: null,
    when: 'start',
    logs: ['LDAP configuration required to use the LDAP storage module'],
    why: 'The host has no table `ldap`, so mod_auth_ldap2 loads without a provider and Prosody offers no way to log in.',
    help: 'Write ldap = { hostname = "…", user = { … } } in the global section or below this VirtualHost line.',
    settings: [placed(table, null)],
  };
  return { kind: 'fault', fault, settings: null };
}

/** `params.hostname` of what is no table: a string has no such field, anything else cannot be indexed. */
function notATable(table: Held): LoginFault {
  const help = 'Write ldap = { hostname = "…", user = { … } }.';
  if (table.value.kind === 'string') return badArgument(1, table, { is: 'nil' });
  return raised('bad-argument', 166, `attempt to index a ${table.value.kind} value (upvalue 'params')`, help, [table]);
}

function badArgument(position: number, held: Held, taken: Taken<string>): LoginFault {
  const got = taken.is === 'wrong' ? taken.type : 'nil';
  const text = `bad argument #${position} to 'open_simple' (string expected, got ${got})`;
  const help =
    position === 1 ? 'Write hostname = "ldaps://dc1.example.com" in the table ldap.' : `Write ${held.name} as a string.`;
  return raised('bad-argument', 166, text, help, [held]);
}

function raised(code: FaultCode, line: number, text: string, help: string, at: readonly Held[]): LoginFault {
  return {
    code,
    effect: 'hangs',
    condition: null,
    when: 'login',
    logs: [`Traceback[bosh]: ${FILE}:${line}: ${text}`],
    why: `Every login ends in "${text}" inside Prosody, ${HANGS}.`,
    help,
    settings: at.map((held): Placed<unknown> => placed(held, null)),
  };
}

function unknown(held: Held, reason: string): Read {
  return { kind: 'unknown', reason: `${held.name} is not known: ${reason}`, settings: [placed(held, null)] };
}

function reasonOf(taken: Taken<string>): string {
  return taken.is === 'unknown' ? taken.reason : '';
}

function valueOf(taken: Taken<string>): string | undefined {
  return taken.is === 'value' ? taken.value : undefined;
}
