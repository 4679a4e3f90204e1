import { type Run, takeStep } from './run.js';
import type { Used } from './servers.js';

/** Milliseconds of connecting and binding from which users notice (ldap.md: Prosody stands still meanwhile). */
const SLOW = 300;

/** How many connections a login makes: ldap2 binds twice as the service before it binds as the user; the others keep their own. */
const CONNECTIONS = { ldap2: 3, ldap: 1, cyrus: 1 } as const;

/** Says how long Prosody, or saslauthd, is busy with a login: of the times that connecting and binding took here. */
export async function checkTime(run: Run, { connection }: Used): Promise<void> {
  const { name, connect, tls } = connection.times;
  const bind = run.steps.find(({ step, verdict }) => step === 'bind' && verdict === 'ok')?.milliseconds ?? 0;
  const search = run.steps.find(({ step, verdict }) => step === 'search' && verdict !== 'skipped')?.milliseconds ?? 0;
  const once = name + connect + (tls ?? 0) + bind;
  const count = CONNECTIONS[run.settings.way];
  const whole = Math.round(once * count + search);
  const { timeout } = run.options.libldap;
  const stands = run.settings.way === 'cyrus' ? 'One process of saslauthd is busy' : 'Prosody stands still for everybody';
  await takeStep(run, 'time', connection.server, 'added up the times', () => {
    const did = `added up the times: ${Math.round(once)} ms to connect and bind, ${count === 1 ? 'once' : `${count} times`}, and ${search} ms to search`;
    const found = `${stands} for about ${whole} ms at each login.`;
    const unbounded =
      timeout === null && run.settings.way !== 'cyrus'
        ? ' A server that falls silent freezes it for good: libldap has no TIMEOUT (put "TIMEOUT 5" and "NETWORK_TIMEOUT 5" into /etc/ldap/ldap.conf).'
        : '';
    if (once > SLOW)
      return {
        verdict: 'warning',
        code: 'time.slow',
        did,
        found: found + unbounded,
        help: 'Name a server that is nearer, and one whose name is resolved quickly.',
        settings: [run.settings.server],
      };
    return { verdict: 'ok', code: 'ok', did, found: found + unbounded };
  });
}
