import { hasPassword, type Placed, type PlainResult, readPlain } from '@prosodist/core';
import type { DirectoryOptions, LoginReport, Outcome, Verdict } from '../types.js';
import { rehearseCyrus } from './cyrus.js';
import { type Ended, NOT_ASKED, type Way } from './ended.js';
import { rehearseLdap } from './ldap.js';
import { rehearseLdap2 } from './ldap2.js';
import type { Rehearsal } from './rehearsal.js';
import { atName, atProsody, report } from './report.js';
import { stopwatch } from './stopwatch.js';

/**
 * Says how a login ends without Prosody: does what Prosody's modules would do, step by step, against the real directory. The
 * service account and the user are bound once each at most; a password goes over an unencrypted connection only with
 * `allowPlaintext`. Every wait is bounded by `stepTimeout` and ended by `signal`; rejects only when it is called off.
 * @example (await rehearseLogin({ login, offered, connection, user: 'alice', password }, options)).outcome // → 'granted'
 */
export async function rehearseLogin(rehearsal: Rehearsal, options: DirectoryOptions): Promise<LoginReport> {
  const { login, offered } = rehearsal;
  if (login.kind === 'fault' && login.fault.effect === 'not-served') return atProsody(rehearsal, 'not-served', login.fault);
  if (login.kind === 'unknown') {
    const fault = { why: `It cannot be told how a login ends: ${login.reason}.`, help: null, logs: [], settings: login.settings };
    return atProsody(rehearsal, 'unknown', fault);
  }
  if (offered.kind === 'not-served') return atProsody(rehearsal, 'not-served', offered);
  if (login.kind === 'fault' && login.fault.effect === 'not-offered') {
    const atLogin = offered.kind === 'offer' ? offered.logs : [];
    return atProsody(rehearsal, 'not-offered', { ...login.fault, logs: [...login.fault.logs, ...atLogin] });
  }
  if (offered.kind === 'unknown') {
    const fault = { why: `It cannot be told what is offered: ${offered.reason}.`, help: null, logs: [], settings: [] };
    return atProsody(rehearsal, 'unknown', fault);
  }
  if (!hasPassword(offered.mechanisms)) {
    const { why, help, logs, settings } = offered;
    return atProsody(rehearsal, 'not-offered', { why: why ?? 'No mechanism with a password is offered.', help, logs, settings });
  }
  const plain = login.provider === 'cyrus' ? asTyped(rehearsal) : readPlain(rehearsal.user, rehearsal.password);
  if (!plain.ok) return atName(rehearsal, plain);
  if (login.kind === 'other') {
    const why = `The provider ${login.provider} has its accounts in Prosody itself, so the password cannot be tried from outside.`;
    return report(rehearsal, plain.user, inModule('unknown', null, why, 'Try it through Prosody.', [], []));
  }
  const way = { module: `mod_auth_${login.provider}`, options, clock: stopwatch() };
  return report(rehearsal, plain.user, await inDirectory(rehearsal, plain, way));
}

/** Behind SASL: the module, and the directory where it comes to it. */
async function inDirectory(
  { login, user, saslauthd }: Rehearsal,
  plain: Extract<PlainResult, { ok: true }>,
  way: Way,
): Promise<Ended> {
  const fault = login.kind === 'fault' ? login.fault : null;
  if (login.provider === 'cyrus' && saslauthd === false && fault?.code !== 'saslauthd-not-used') return withoutSaslauthd();
  const settings = login.kind === 'fault' || login.kind === 'directory' ? login.settings : null;
  if (fault && !settings)
    return inModule(
      fault.effect === 'hangs' ? 'hangs' : 'refused',
      fault.condition,
      fault.why,
      fault.help,
      fault.logs,
      fault.settings,
    );
  if (settings!.way === 'cyrus') return rehearseCyrus(settings!, user, plain.password, way);
  return settings!.way === 'ldap2'
    ? rehearseLdap2(settings!, fault, plain.user, plain.password, way)
    : rehearseLdap(settings!, fault, plain.user, plain.password, way);
}

/** libsasl cannot reach saslauthd. */
function withoutSaslauthd(): Ended {
  const logs = ['Got SASL error condition -1: generic failure'];
  const why = 'saslauthd does not run, or its socket is not where libsasl looks for it.';
  return inModule('refused', 'undefined-condition', why, 'Set START=yes in /etc/default/saslauthd and start it.', logs, []);
}

/** libsasl takes name and password as they are, but wants a name. */
function asTyped({ user, password }: Rehearsal) {
  if (user !== '') return { ok: true, user, password } as const;
  return { ok: false, condition: 'undefined-condition', why: 'The name is empty', help: 'Give a name.' } as const;
}

function inModule(
  outcome: Outcome,
  answer: string | null,
  why: string,
  help: string | null,
  logs: readonly string[],
  settings: readonly Placed<unknown>[],
): Ended {
  const verdict: Verdict = outcome === 'unknown' ? 'skipped' : 'error';
  const module = { verdict, did: 'took the name and the password', found: why, milliseconds: 0 };
  return { outcome, answer, module, directory: NOT_ASKED, logs, why, help, settings };
}
