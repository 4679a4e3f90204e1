import { tokensOf } from '@prosodist/core';
import { ANY } from '../discover/root-dse.js';
import type { RootDse } from '../discover/types.js';
import type { Connection, Entry } from '../internal.js';
import { isMember } from '../rehearse/cyrus.js';
import { ACCOUNT_ATTRIBUTES, accountFaults, numberOf } from './account-state.js';
import { type Found, type Run, takeStep } from './run.js';
import { sentence, userRefused } from './words.js';

/** Tells the state of the user's account. Returns why its password must not be tried; null when it may. */
export async function checkAccount(run: Run, connection: Connection, root: RootDse | null, found: Entry): Promise<string | null> {
  const did = `looked at the state of ${found.dn}`;
  let risk: string | null = null;
  await takeStep(run, 'account', connection.server, did, async (): Promise<Found> => {
    // the computed attribute comes only when an entry alone is asked for it
    const { entries } = await connection.search({
      base: found.dn,
      scope: 'base',
      filter: ANY,
      attributes: ACCOUNT_ATTRIBUTES,
      sizeLimit: 1,
    });
    const entry = entries[0] ?? found;
    const faults = accountFaults(entry);
    const [fault] = faults;
    if (fault) {
      if (fault.code === 'locked') risk = 'The account is locked: a wrong password would keep it so.';
      return {
        verdict: 'error',
        code: `account.${fault.code}`,
        did,
        found: `${faults.map(({ text }) => `${text}.`).join(' ')} Prosody's log looks as after a wrong password.`,
        ...userRefused(run.settings, found.dn),
        help: `${faults.map(({ help }) => help).join('. ')}.`,
      };
    }
    const stranger = await notInGroup(run, connection, found.dn);
    if (stranger !== null) return stranger;
    const count = numberOf(entry, 'badPwdCount') ?? 0;
    const threshold = await lockoutThreshold(connection, root);
    if (threshold > 0 && count > 0 && count >= threshold - 1) {
      risk = `After ${count} wrong passwords one more may lock the account (the limit is ${threshold}).`;
      return {
        verdict: 'warning',
        code: 'account.near-lockout',
        did,
        found: `${risk} Its password is not tried here.`,
        help: 'Log in with the right password somewhere else first, or wait until the count is forgotten.',
      };
    }
    return {
      verdict: 'ok',
      code: 'ok',
      did,
      found:
        entry.attributes.size > 0
          ? 'Nothing speaks against a login.'
          : 'The service account sees no attribute that says something of it.',
    };
  });
  return risk;
}

/** Of the cyrus way: saslauthd lets in only the members of a group, where one is set. */
async function notInGroup({ settings, options }: Run, connection: Connection, dn: string): Promise<Found | null> {
  const group = settings.saslauthd?.group;
  if (settings.way !== 'cyrus' || !group) return null;
  const member = await isMember(connection, group, dn, tokensOf(settings, options.user ?? ''));
  if (member === true) return null;
  return {
    verdict: 'error',
    code: 'account.not-in-group',
    did: `looked for ${dn} in the group of saslauthd.conf`,
    found: `${sentence(member)} saslauthd refuses the user, whatever the password.`,
    ...userRefused(settings, dn),
    help: 'Add the user to the group, or check ldap_group_dn, ldap_group_attr and ldap_group_filter.',
  };
}

/** After how many wrong passwords the domain locks an account; 0 for never, or when it does not tell. */
async function lockoutThreshold(connection: Connection, root: RootDse | null): Promise<number> {
  if (!root?.defaultContext) return 0;
  const { entries } = await connection.search({
    base: root.defaultContext,
    scope: 'base',
    filter: ANY,
    attributes: ['lockoutThreshold'],
    sizeLimit: 1,
  });
  return (entries[0] && numberOf(entries[0], 'lockoutThreshold')) ?? 0;
}
