// The settings of mod_auth_ldap as it reads them when it loads, and what makes it fail there.
import type { Configuration } from '../evaluate/index.js';
import type { LoginFault } from './answer.js';
import { asOptionBoolean, asOptionText, cString, type Held, heldOption, placed } from './lua-values.js';
import type { Read } from './reading.js';
import type { Placed, SearchScope } from './types.js';

const OPTIONS = [
  'ldap_server',
  'ldap_rootdn',
  'ldap_password',
  'ldap_filter',
  'ldap_base',
  'ldap_scope',
  'ldap_mode',
  'realm',
] as const;
type OptionName = (typeof OPTIONS)[number];

/** Its line `assert(module:get_option_string("ldap_base"), …)`. */
const ASSERT_LINE = { '0.12': 18, '13.0': 17 } as const;

/**
 * Reads the options of mod_auth_ldap (plugins/mod_auth_ldap.lua of 0.12.3 and 13.0.1). 13.0's `get_option_enum` only logs a value
 * that it does not know, and hands it on.
 */
export function readLdap(configuration: Configuration, host: string): Read {
  const held = (name: OptionName | 'ldap_tls') => heldOption(configuration, host, name);
  for (const name of OPTIONS) {
    const taken = asOptionText(held(name));
    if (taken.is === 'unknown' || taken.is === 'wrong') {
      const reason = taken.is === 'unknown' ? taken.reason : `a ${taken.type} has no text that says anything`;
      return unknown(held(name), reason);
    }
  }
  const tls = asOptionBoolean(held('ldap_tls'));
  if (tls.is === 'unknown') return unknown(held('ldap_tls'), tls.reason);
  const text = (name: OptionName): string | undefined => {
    const taken = asOptionText(held(name));
    return taken.is === 'value' ? taken.value : undefined;
  };
  const of = (name: OptionName, fallback: string): Placed<string> => placed(held(name), cString(text(name) ?? fallback));
  const base = text('ldap_base');
  const { version } = configuration;
  if (base === undefined) return { kind: 'fault', fault: noBase(held('ldap_base'), ASSERT_LINE[version]), settings: null };
  const mode = text('ldap_mode') ?? 'bind';
  if (mode !== 'bind' && mode !== 'getpasswd')
    return { kind: 'fault', fault: unsupported(held('ldap_mode'), mode, version), settings: null };
  const scope = scopeOf(text('ldap_scope') ?? 'subtree');
  // an empty name and an empty password are an anonymous bind
  const orNull = (name: OptionName) => (text(name) ? of(name, '') : null);
  const settings = {
    way: 'ldap',
    host,
    server: of('ldap_server', 'localhost'),
    startTls: placed(held('ldap_tls'), tls.is === 'value' && tls.value),
    bindName: orNull('ldap_rootdn'),
    bindPassword: orNull('ldap_password'),
    base: placed(held('ldap_base'), cString(base)),
    scope: placed(held('ldap_scope'), scope ?? 'subtree'),
    filter: placed(held('ldap_filter'), text('ldap_filter') ?? '(uid=$user)'),
    userAttribute: null,
    mode: placed<'bind' | 'getpasswd'>(held('ldap_mode'), mode),
    realm: placed(held('realm'), text('realm') ?? host),
  } as const;
  if (scope === undefined) return { kind: 'fault', fault: badScope(held('ldap_scope'), text('ldap_scope') ?? ''), settings };
  return { kind: 'settings', settings };
}

/** lualdap's `string2scope`: the first letter counts; an empty text is libldap's default, the subtree. */
function scopeOf(text: string): SearchScope | undefined {
  const scopes: Readonly<Record<string, SearchScope>> = { b: 'base', o: 'onelevel', s: 'subtree' };
  return text === '' ? 'subtree' : scopes[text[0]!];
}

function noBase(held: Held, line: number): LoginFault {
  return {
    code: 'no-ldap-base',
    effect: 'not-offered',
    condition: null,
    when: 'start',
    logs: [
      `Error initializing module 'auth_ldap' on '%HOST%': /usr/lib/prosody/modules/mod_auth_ldap.lua:${line}: ldap_base is a required option for ldap`,
    ],
    why: '`ldap_base` is not set, so mod_auth_ldap does not load and Prosody offers no way to log in. The table `ldap` is read by ldap2 only.',
    help: 'Set ldap_base = "OU=Staff,DC=example,DC=com", or authentication = "ldap2" where a table `ldap` is meant.',
    settings: [placed(held, null)],
  };
}

function unsupported(held: Held, mode: string, version: '0.12' | '13.0'): LoginFault {
  const enumeration = "Config option 'ldap_mode' not in set of allowed values (one of: {bind, getpasswd})";
  return {
    code: 'unsupported-mode',
    effect: 'not-offered',
    condition: null,
    when: 'start',
    logs: [...(version === '13.0' ? [enumeration] : []), `Unsupported ldap_mode ${mode}`],
    why: `mod_auth_ldap has no mode "${mode}", so it offers no way to log in.`,
    help: 'Write ldap_mode = "bind", or remove the option.',
    settings: [placed(held, mode)],
  };
}

function badScope(held: Held, scope: string): LoginFault {
  const text = `LuaLDAP: invalid search scope \`${scope}'`;
  return {
    code: 'bad-scope',
    effect: 'refused',
    condition: 'not-authorized',
    when: 'login',
    logs: [...Array<string>(3).fill(`LDAP: nil ${text} (in search)`), `LDAP: ${text}`],
    why: `The search has the unknown scope "${scope}", so every login is refused.`,
    help: 'Write ldap_scope = "subtree", "onelevel" or "base".',
    settings: [placed(held, scope)],
  };
}

function unknown(held: Held, reason: string): Read {
  return { kind: 'unknown', reason: `${held.name} is not known: ${reason}`, settings: [placed(held, null)] };
}
