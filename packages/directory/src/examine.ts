import type { Login, Offered } from '@prosodist/core';
import { checkDirectory } from './check/check.js';
import { rehearseLogin } from './rehearse/index.js';
import type { DirectoryOptions, DirectoryReport, LoginReport, Step } from './types.js';

/** A host's login, as far as it is known without the directory, and who shall try it. */
export interface ExaminedLogin {
  readonly login: Login;
  /** What is offered on `transport`; null where nobody can come. */
  readonly offered: Offered | null;
  readonly transport: 'bosh' | 'websocket';
  /** See `Rehearsal`. */
  readonly saslauthd: boolean | undefined;
  /** Looked up; and logs in, where the password is given too. */
  readonly user?: string | undefined;
  /** Never part of any text. */
  readonly password?: string | undefined;
}

/** What the directory says to a login. */
export interface ExaminedDirectory {
  /** Null where the host asks no directory, or asks it wrongly. */
  readonly report: DirectoryReport | null;
  /** Null without a password, and where one more attempt could do harm. */
  readonly rehearsal: LoginReport | null;
  /** The steps of the report that are news beside the rehearsal. */
  readonly steps: readonly Step[] | null;
}

/**
 * Checks the directory of a host, and rehearses the login of a user there. The password is tried once at most, by the rehearsal.
 * Rejects only when it is called off.
 */
export async function examineDirectory(about: ExaminedLogin, options: DirectoryOptions): Promise<ExaminedDirectory> {
  const { login, user } = about;
  const asks = { ...options, ...(user !== undefined && { user }) };
  const report = login.kind === 'directory' ? await checkDirectory(login.settings, asks) : null;
  options.signal?.throwIfAborted();
  const rehearsal = mayTry(report) ? await rehearse(about, options) : null;
  options.signal?.throwIfAborted();
  // that no password was tried is no news where the rehearsal tries it
  const steps = report?.steps.filter(({ step }) => rehearsal === null || step !== 'user-bind') ?? null;
  return { report, rehearsal, steps };
}

/** Failed binds count: what was refused is not tried again, nor what may lock an account or is somebody else's. */
function mayTry(report: DirectoryReport | null): boolean {
  return !report?.steps.some(
    ({ step, verdict, code }) =>
      (step === 'bind' && verdict === 'error') || /^(?:account\.(?:locked|near-lockout)|nobody\.open-filter)$/.test(code),
  );
}

async function rehearse(about: ExaminedLogin, options: DirectoryOptions): Promise<LoginReport | null> {
  const { login, offered, transport, saslauthd, user, password } = about;
  if (user === undefined || password === undefined || !offered) return null;
  const connection = { transport, secure: false } as const;
  return rehearseLogin({ login, offered, connection, user, password, ...(saslauthd !== undefined && { saslauthd }) }, options);
}
