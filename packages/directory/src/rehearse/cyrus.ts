import {
  type DirectorySettings,
  expandTokens,
  nodeprep,
  parseFilter,
  type SaslauthdGroup,
  searchFilter,
  tokensOf,
} from '@prosodist/core';
import { type Connection, failureOf } from '../internal.js';
import { type Ended, grants, refuses, unknown, unsent, type Way } from './ended.js';
import { lookUp } from './lookup.js';
import { asked, bindUser, openBound, searched, servicePlaces } from './service.js';

/**
 * A login as saslauthd's LDAP does it for libsasl and mod_auth_cyrus (saslauthd/lak.c): bind as the service account, search, which
 * must bring one entry and no more, bind as it, and look for it in the group where one is set. Whatever fails is the one answer NO.
 * @param user the name as the client sent it: libsasl does not prepare it
 */
export async function rehearseCyrus(settings: DirectorySettings, user: string, password: string, way: Way): Promise<Ended> {
  const login = tokensOf(settings, user);
  const logs: readonly string[] = [];
  const { method, group } = settings.saslauthd!;
  if (password === '') return refuses(way, { did: 'asked nothing', why: 'the password is empty', help: 'Give a password.' });
  if (method === 'custom') {
    const why = 'saslauthd compares the password with a hash in the entry (ldap_auth_method: custom), which is not rehearsed';
    return unknown(way, { did: 'asked nothing', why, help: 'Write ldap_auth_method: bind.' });
  }
  if (method === 'fastbind') return await direct(settings, searchFilter(settings, user), user, password, way);
  const service = await openBound(settings, way.options, settings.bindName?.value ?? '', settings.bindPassword?.value ?? '');
  const places = servicePlaces(settings);
  if (service.is === 'clear') return unsent(way, service.server, places);
  if (service.is === 'failed')
    return refuses(way, { did: asked(settings), why: service.why, help: service.help, settings: places });
  const { connection } = service;
  try {
    const base = expandTokens(settings.base?.value ?? '', login);
    const found = await lookUp(connection, settings, user, ['dn'], base);
    const end = {
      did: `${asked(settings, connection)}, ${searched(settings, found.filter, base)}`,
      logs,
      settings: found.settings,
    };
    if (found.is !== 'entry') {
      const what = found.is === 'reference' ? 'the directory sends a reference' : found.why;
      return refuses(way, {
        ...end,
        why: `the directory gives no entry for "${user}": ${what}`,
        help: 'help' in found ? found.help : null,
      });
    }
    const { dn } = found.entry;
    if (found.more || found.code !== 0)
      return refuses(way, {
        ...end,
        why: `more than one entry has this name (${dn} is the first), and saslauthd takes none`,
        help: ONE,
      });
    const own = await bindUser(settings, way.options, dn, password);
    if (own.is === 'clear') return unsent(way, own.server, places);
    const tried = { ...end, did: `${end.did}, tried the password of ${dn}` };
    if (own.is === 'failed') return refuses(way, { ...tried, why: own.why, help: own.help, settings: [] });
    own.connection.close();
    const member = group ? await isMember(connection, group, dn, login) : true;
    if (member !== true) return refuses(way, { ...tried, why: member, help: 'Add the user to the group, or check its name.' });
    return allowed(user, dn, tried, way);
  } finally {
    connection.close();
  }
}

const ONE = 'Use an attribute that only one entry has, or narrow the filter.';

/** `ldap_auth_method: fastbind`: the filter is the name to bind with. */
async function direct(settings: DirectorySettings, name: string, user: string, password: string, way: Way): Promise<Ended> {
  const own = await openBound(settings, way.options, name, password);
  if (own.is === 'clear') return unsent(way, own.server, servicePlaces(settings));
  const end = { did: `tried to bind to ${settings.server.value} as ${name}`, settings: [settings.filter] };
  if (own.is === 'failed') return refuses(way, { ...end, why: own.why, help: own.help });
  own.connection.close();
  if (settings.saslauthd?.group)
    return unknown(way, { ...end, why: 'a group is asked for with fastbind, which is not rehearsed' });
  return allowed(user, name, end, way);
}

/** mod_saslauth takes the name before an @ and prepares it (sasl_cyrus.lua, sessionmanager.make_authenticated). */
function allowed(user: string, dn: string, end: Omit<Parameters<typeof grants>[1], 'why'>, way: Way): Ended {
  const node = nodeprep(/^[^@]+/.exec(user)?.[0] ?? '');
  if (node) return grants(way, { ...end, why: `the password is that of ${dn}`, settings: [] });
  const logs = ['SASL succeeded but username was invalid'];
  return refuses(way, {
    ...end,
    why: `the password is right, but "${user}" is no name of XMPP`,
    logs,
    help: 'Log in with another name.',
  });
}

/** lak_group_member, as the service account; a text says why not. A compare is asked as a search for the value. */
export async function isMember(
  connection: Connection,
  group: SaslauthdGroup,
  dn: string,
  login: ReturnType<typeof tokensOf>,
): Promise<true | string> {
  const known = { ...login, dn };
  const byFilter = group.match === 'filter';
  const base = expandTokens((byFilter ? group.searchBase : group.dn) ?? '', byFilter ? known : login);
  const value = dn.replace(/[*()\\]/g, character => `\\${character.charCodeAt(0).toString(16)}`);
  const text = byFilter ? expandTokens(group.filter ?? '', known) : `(${group.attribute}=${value})`;
  const parsed = parseFilter(text);
  if (!parsed.ok) return `the filter of the group is refused: ${parsed.problem.message}`;
  try {
    const scope = byFilter ? group.scope : 'base';
    const { entries } = await connection.search({ base, scope, filter: parsed.filter, attributes: ['1.1'], sizeLimit: 1 });
    return entries.length > 0 || `${dn} is not in the group ${byFilter ? text : base}`;
  } catch (thrown) {
    const failure = failureOf(thrown, 'answer.closed');
    if (failure.code === 'aborted') throw failure;
    return `the group could not be asked: ${failure.message}`;
  }
}
