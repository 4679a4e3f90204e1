import { timingSafeEqual } from 'node:crypto';
import { readPlain } from '@prosodist/core';
import { ANY } from '../discover/root-dse.js';
import { type Connection, connect, diagnosis, type Entry, explainResult } from '../internal.js';
import { type Found, type Run, takeStep } from './run.js';
import type { Used } from './servers.js';
import { sentence, userRefused } from './words.js';

/**
 * Tries the user's password, once, on a connection of its own as Prosody does.
 * @param risk why it must not be tried; null when it may
 * @param allowed whether passwords may be sent
 */
export async function checkUserBind(run: Run, used: Used, entry: Entry, risk: string | null, allowed: boolean): Promise<void> {
  const { options } = run;
  const { server } = used.connection;
  const did = `tried the password of ${entry.dn}`;
  const secret = options.password;
  const skip = (code: string, found: string): Promise<unknown> =>
    takeStep(run, 'user-bind', server, did, () => ({
      verdict: 'skipped',
      code: `user-bind.${code}`,
      did: 'did not try a password',
      found,
    }));
  if (secret === undefined) await skip('no-password', 'None was given.');
  else if (secret.length === 0 || !readPlain('user', secret.toString('utf8')).ok)
    await skip('refused', 'Prosody refuses an empty password, and one that SASLprep leaves nothing of, and asks no directory.');
  else if (!allowed) await skip('clear-text', 'It would have gone through the network in clear.');
  else if (risk !== null) await skip('risk', risk);
  else if (run.settings.saslauthd?.method === 'custom')
    await skip('method', 'saslauthd compares it with a hash in the entry (ldap_auth_method: custom), which is not done here.');
  else if (run.settings.mode?.value === 'getpasswd')
    await takeStep(run, 'user-bind', server, did, () => compare(run, used.connection, entry, secret));
  else await takeStep(run, 'user-bind', server, did, () => bindAs(run, used, entry, secret, did));
}

async function bindAs(run: Run, { host }: Used, entry: Entry, secret: Buffer, did: string): Promise<Found> {
  const connection = await connect(host, { ...run.options, startTls: run.settings.startTls.value });
  try {
    const result = await connection.bind(entry.dn, secret);
    if (result.code === 0)
      return { verdict: 'ok', code: 'ok', did, found: 'It is right: the user can log in.', userSees: 'granted' };
    const { code, meaning, help } = explainResult(result);
    return {
      verdict: 'error',
      code: `user-bind.${code}`,
      did,
      found: `${sentence(meaning)} The server says: ${sentence(diagnosis(result))}`,
      ...userRefused(run.settings, entry.dn),
      help: help === null ? null : sentence(code === 'invalid-credentials' ? 'Check the password' : help),
    };
  } finally {
    connection.close();
  }
}

/** `ldap_mode = "getpasswd"`: mod_auth_ldap reads the first `userPassword` and compares it as it is. */
async function compare(run: Run, connection: Connection, entry: Entry, secret: Buffer): Promise<Found> {
  const did = `read the password of ${entry.dn} and compared it, as ldap_mode "getpasswd" does`;
  const { entries } = await connection.search({
    base: entry.dn,
    scope: 'base',
    filter: ANY,
    attributes: ['userPassword'],
    sizeLimit: 1,
  });
  const kept = entries[0]?.attributes.get('userpassword')?.[0];
  const about = { did, userSees: 'refused', settings: run.settings.mode ? [run.settings.mode] : [] } as const;
  const help = 'Set ldap_mode = "bind": then the directory compares.';
  if (!kept)
    return {
      ...about,
      verdict: 'error',
      code: 'user-bind.unreadable',
      found: 'The service account may not read userPassword, or there is none.',
      help,
    };
  if (kept.length === secret.length && timingSafeEqual(kept, secret))
    return { ...about, verdict: 'ok', code: 'ok', found: 'It is right: the user can log in.', userSees: 'granted' };
  const hashed = kept[0] === '{'.charCodeAt(0);
  return {
    ...about,
    verdict: 'error',
    code: hashed ? 'user-bind.hashed' : 'user-bind.invalid-credentials',
    found: hashed ? 'The directory keeps it hashed, and mod_auth_ldap compares the text: nobody can log in.' : 'It is wrong.',
    help: hashed ? help : 'Check the password.',
  };
}
