import type { DirectorySettings, LoginFault } from '@prosodist/core';
import { type Ended, grants, hangs, refuses, unsent, type Way } from './ended.js';
import { lookUp } from './lookup.js';
import { asked, bindUser, openBound, searched, servicePlaces } from './service.js';

const LIBRARY = '/usr/lib/prosody/modules/ldap.lib.lua';

/**
 * A login as mod_auth_ldap2 and ldap.lib.lua do it: bind as the service account, search with one entry at most, take what comes
 * first, bind as that DN on a connection of its own. (The module binds as the service account a second time, on a connection that
 * it never uses.) Whatever fails before the user's own bind is a Lua error: the client gets no answer.
 * @param fault what `loginOf` found wrong with the settings, which the module meets after the service account is in
 */
export async function rehearseLdap2(
  settings: DirectorySettings,
  fault: LoginFault | null,
  user: string,
  password: string,
  way: Way,
): Promise<Ended> {
  const service = await openBound(settings, way.options, settings.bindName?.value ?? '', settings.bindPassword?.value ?? '');
  const places = servicePlaces(settings);
  if (service.is === 'clear') return unsent(way, service.server, places);
  if (service.is === 'failed') {
    const { reply, why, help } = service;
    const end = { did: asked(settings), why, help, settings: places };
    return reply === null ? hangs(way, end, true) : hangs(way, { ...end, logs: raised(171, reply) });
  }
  const { connection } = service;
  try {
    const did = asked(settings, connection);
    if (fault)
      return hangs(way, { did, why: fault.why.replace(/\.$/, ''), help: fault.help, logs: fault.logs, settings: fault.settings });
    const attributes = settings.userAttribute ? [settings.userAttribute.value] : [];
    const found = await lookUp(connection, settings, user, attributes);
    const end = { did: `${did}, ${searched(settings, found.filter)}`, settings: found.settings };
    switch (found.is) {
      case 'bad-filter':
        return hangs(way, { ...end, why: found.why, help: found.help, logs: raised(217, 'LuaLDAP: Bad search filter') });
      case 'reference':
        return hangs(way, {
          ...end,
          why: `before any entry the directory sends a reference (${found.url}), which ldap.lib.lua takes for an entry`,
          help: 'Choose a base below the domain root, such as an OU, or the Global Catalog (port 3269), or the module ldap.',
          logs: raised(218, "attempt to index a nil value (local 'attribs')"),
        });
      case 'lost':
        if (found.lasting) return hangs(way, { ...end, why: found.why }, true);
        return refuses(way, { ...end, why: found.why, logs: [`_M.bind - no DN found for username = ${user}`] });
      case 'nothing':
        return refuses(way, {
          ...end,
          why: `the directory gives no entry for "${user}": ${found.why}`,
          help: found.help,
          logs: [`_M.bind - no DN found for username = ${user}`],
        });
      default:
        return await tryPassword(settings, found.entry.dn, found.more, password, end.did, way);
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
  before: string,
  way: Way,
): Promise<Ended> {
  const own = await bindUser(settings, way.options, dn, password);
  if (own.is === 'clear') return unsent(way, own.server, servicePlaces(settings));
  const end = { did: `${before}, tried the password of ${dn}`, logs: [`_M.bind - who: ${dn}`] };
  if (own.is === 'bound') {
    own.connection.close();
    const why = more ? `the password is that of ${dn}, the first of several entries` : `the password is that of ${dn}`;
    return grants(way, { ...end, why }, more);
  }
  if (own.reply === null) return hangs(way, { ...end, why: own.why, help: own.help }, true);
  return refuses(way, { ...end, why: own.why, help: own.help });
}

function raised(line: number, text: string): readonly string[] {
  return [`Traceback[bosh]: ${LIBRARY}:${line}: ${text}`];
}
