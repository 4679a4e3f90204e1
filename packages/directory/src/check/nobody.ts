import { randomBytes } from 'node:crypto';
import type { RootDse } from '../discover/types.js';
import type { Connection } from '../internal.js';
import { loginFilter } from './filters.js';
import { type Found, type Run, takeStep } from './run.js';
import { refusedSearch } from './search.js';
import { written } from './words.js';

/**
 * Searches for a name that nobody has. What comes back nevertheless lets in whom it should not, or breaks the module: references
 * reach lualdap as entries without attributes.
 * Returns whether the filter lets in any name: then the entry that was found need not be the user's.
 */
export async function checkNobody(run: Run, connection: Connection, root: RootDse | null): Promise<boolean> {
  const { settings } = run;
  const name = `nobody-${randomBytes(6).toString('hex')}`;
  const did = 'searched for a name that nobody has';
  const step = await takeStep(run, 'nobody', connection.server, did, async (): Promise<Found> => {
    const filter = loginFilter(settings, name);
    if (!filter.ok) return { verdict: 'skipped', code: 'nobody.no-filter', did, found: 'libldap cannot read the filter.' };
    const base = settings.base?.value ?? '';
    const answer = await connection.search({ base, scope: settings.scope.value, filter: filter.filter, sizeLimit: 3 });
    const failed = refusedSearch(run, 'nobody', answer, did);
    if (failed) return failed;
    if (answer.entries.length > 0) return open(run, answer.entries[0]!.dn, did);
    const reference = answer.references[0];
    if (reference === undefined) return { verdict: 'ok', code: 'ok', did, found: 'Nobody was found, as it should be.' };
    return references(run, did, answer.references, root);
  });
  return step.code === 'nobody.open-filter';
}

function open(run: Run, dn: string, did: string): Found {
  return {
    verdict: 'error',
    code: 'nobody.open-filter',
    did,
    found: `${dn} was found: the filter does not depend on the name, so any name logs in with the password of the first entry that fits.`,
    userSees: 'granted',
    help:
      run.settings.way === 'cyrus'
        ? 'Put %U into ldap_filter, as (sAMAccountName=%U).'
        : 'Put $user into ldap_filter, as (sAMAccountName=$user).',
    settings: written(run.settings.filter),
  };
}

function references(run: Run, did: string, urls: readonly string[], root: RootDse | null): Found {
  const { settings, options } = run;
  const active = root?.kind === 'active-directory' || root?.kind === 'samba';
  const came = `The server sent ${urls.length === 1 ? 'a reference' : `${urls.length} references`} to other parts (${urls.slice(0, 3).join('; ')})`;
  const chased = options.libldap.referrals
    ? ' libldap follows them besides, anonymously: a server there that does not answer costs each login its time.'
    : '';
  const about = {
    did,
    code: 'nobody.references',
    help: active
      ? 'Take a unit (OU=…) as base, not the root of the domain; or ask the Global Catalog: ldaps://server:3269. "REFERRALS off" in ldap.conf does not help.'
      : 'Take a base below which no reference lies.',
    settings: written(settings.base),
  };
  switch (settings.way) {
    case 'ldap2':
      return {
        ...about,
        verdict: 'error',
        found: `${came}. ldap2 takes them for an entry and fails: whoever mistypes his name gets no answer.${chased}`,
        prosodyLogs: "Traceback[bosh]: .../ldap.lib.lua:218: attempt to index a nil value (local 'attribs')",
        userSees: 'connecting',
      };
    case 'ldap':
      return {
        ...about,
        verdict: 'warning',
        found: `${came}. mod_auth_ldap binds with such an address as DN, which fails, and takes every name for one that exists.${chased}`,
        prosodyLogs: 'ldap open_simple error: Invalid credentials',
        userSees: 'refused',
      };
    default:
      return { ...about, verdict: 'ok', code: 'ok', found: `${came}. saslauthd does not mind.`, help: null };
  }
}
