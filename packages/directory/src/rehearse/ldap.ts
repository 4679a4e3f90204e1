import { type DirectorySettings, type LoginFault, saslprep } from '@prosodist/core';
import type { Entry } from '../internal.js';
import { type End, type Ended, grants, hangs, refuses, unsent, type Way } from './ended.js';
import { lookUp } from './lookup.js';
import { asked, bindUser, openBound, searched, servicePlaces } from './service.js';

/**
 * A login as mod_auth_ldap does it: bind as the service account, search with one entry at most, and bind as the DN that comes
 * first on a connection of its own; with `ldap_mode = "getpasswd"` compare the entry's `userPassword` instead. The module catches
 * every error, tries three times and says no; here the service account is bound once.
 * @param fault what `loginOf` found wrong with the settings, which the module meets after the service account is in
 */
export async function rehearseLdap(
  settings: DirectorySettings,
  fault: LoginFault | null,
  user: string,
  password: string,
  way: Way,
): Promise<Ended> {
  const first = `get_user("${quoted(user)}")`;
  const service = await openBound(settings, way.options, settings.bindName?.value ?? '', settings.bindPassword?.value ?? '');
  const places = servicePlaces(settings);
  if (service.is === 'clear') return unsent(way, service.server, places);
  if (service.is === 'failed') {
    const { reply, why, help } = service;
    const end = { did: asked(settings), why, help, settings: places };
    if (reply === null) return hangs(way, { ...end, logs: [first] }, true);
    return refuses(way, { ...end, logs: [first, ...thrice(reply, 'reconnect')] });
  }
  const { connection } = service;
  try {
    const did = asked(settings, connection);
    if (fault)
      return refuses(way, {
        did,
        why: fault.why.replace(/\.$/, ''),
        help: fault.help,
        logs: [first, ...fault.logs],
        settings: fault.settings,
      });
    const found = await lookUp(connection, settings, user, []);
    const end = { did: `${did}, ${searched(settings, found.filter)}`, settings: found.settings };
    switch (found.is) {
      case 'bad-filter':
        return refuses(way, {
          ...end,
          why: found.why,
          help: found.help,
          logs: [first, ...thrice('LuaLDAP: Bad search filter', 'search')],
        });
      case 'reference': {
        // a bind as a URL: no directory has such a name, and the password would be given away for nothing
        const why = `before any entry the directory sends a reference (${found.url}), and the module tries the password with that for a DN`;
        const help =
          'Check the spelling of the name. A base below the domain root, such as an OU, makes the directory send no references.';
        return refuses(way, { ...end, why, help, logs: [first, 'ldap open_simple error: Invalid credentials'] });
      }
      case 'lost':
        if (found.lasting) return hangs(way, { ...end, why: found.why, logs: [first] }, true);
        return refuses(way, { ...end, why: found.why, logs: [first, ...thrice('LuaLDAP: result error', 'return')] });
      case 'nothing':
        return refuses(way, {
          ...end,
          why: `the directory gives no entry for "${user}": ${found.why}`,
          help: found.help,
          logs: [first],
        });
      default:
        if (settings.mode?.value === 'getpasswd') return compared(found.entry, password, { ...end, logs: [first] }, way);
        return await tryPassword(settings, found.entry.dn, found.more, password, { did: end.did, logs: [first] }, way);
    }
  } finally {
    connection.close();
  }
}

async function tryPassword(
  settings: DirectorySettings,
  dn: string,
  more: boolean,
  password: string,
  before: { readonly did: string; readonly logs: readonly string[] },
  way: Way,
): Promise<Ended> {
  const own = await bindUser(settings, way.options, dn, password);
  if (own.is === 'clear') return unsent(way, own.server, servicePlaces(settings));
  const end = { did: `${before.did}, tried the password of ${dn}`, logs: before.logs };
  if (own.is === 'bound') {
    own.connection.close();
    // a filter that does not name the user finds somebody else
    const isOpen = !/\$user\b|%s/.test(settings.filter.value);
    const whose = isOpen
      ? `the password is that of ${dn}, whatever the name: the filter does not ask for it`
      : `the password is that of ${dn}`;
    const why = more && !isOpen ? `${whose}, the first of several entries` : whose;
    return grants(way, { ...end, why, settings: isOpen ? [settings.filter] : [] }, more || isOpen);
  }
  if (own.reply === null) return hangs(way, { ...end, why: own.why, help: own.help }, true);
  const logs = [...end.logs, `ldap open_simple error: ${own.reply}`];
  return refuses(way, { ...end, why: own.why, help: own.help, logs });
}

/** `ldap_mode = "getpasswd"`: the directory has to show a password, and in clear. */
function compared(entry: Entry, password: string, end: Omit<End, 'why'>, way: Way): Ended {
  const values = entry.attributes.get('userpassword') ?? [];
  const { dn } = entry;
  if (values.length > 1) {
    const why = `${dn} has several passwords, and Prosody cannot compare a list`;
    return hangs(way, { ...end, why, help: 'Write ldap_mode = "bind".', logs: [...(end.logs ?? []), NO_LIST] });
  }
  const [value] = values;
  if (value === undefined) {
    const why = `the directory shows no userPassword of ${dn} to the service account`;
    return refuses(way, { ...end, why, help: 'Write ldap_mode = "bind": the directory then checks the password itself.' });
  }
  const text = value.toString('utf8');
  if (saslprep(text) === password) return grants(way, { ...end, why: `the password is the userPassword of ${dn}`, settings: [] });
  const isHashed = /^\{[A-Za-z0-9-]+\}/.test(text);
  const why = isHashed
    ? `userPassword of ${dn} is a hash, and the module compares it as it is`
    : `the password is not that of ${dn}`;
  return refuses(way, { ...end, why, help: isHashed ? 'Write ldap_mode = "bind".' : null });
}

const NO_LIST =
  "Traceback[bosh]: /usr/lib/prosody/util/sasl/plain.lua:73: bad argument #1 to 'saslprep' (string expected, got table)";

/** `%q` of Prosody's util/format.lua. */
function quoted(text: string): string {
  return [...Buffer.from(text, 'utf8')]
    .map(byte =>
      byte > 126 ? `\\${byte}` : byte === 0x22 || byte === 0x5c ? `\\${String.fromCharCode(byte)}` : String.fromCharCode(byte),
    )
    .join('');
}

/** The module tries again twice, and says so. */
function thrice(text: string, where: string): readonly string[] {
  return [...Array<string>(3).fill(`LDAP: nil ${text} (in ${where})`), `LDAP: ${text}`];
}
