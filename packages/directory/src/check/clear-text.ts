import type { LdapHost } from '@prosodist/core';
import { clearText } from '../internal.js';
import { type Run, takeStep } from './run.js';
import { written } from './words.js';

const HELP =
  'Write "ldaps://" before the server (and no port), or switch StartTLS on: use_tls of ldap2, ldap_tls of ldap, ldap_start_tls of saslauthd.conf.';

/** Says whether passwords go out in clear. Returns whether passwords may be sent by this check. */
export async function checkClearText(run: Run, hosts: readonly LdapHost[]): Promise<boolean> {
  const { settings, options } = run;
  const open = hosts.some(host => clearText(host, settings.startTls.value));
  const allowed = !open || options.allowPlaintext === true;
  await takeStep(run, 'clear-text', null, 'looked whether passwords are encrypted', () => {
    const did = 'looked whether passwords are encrypted on their way';
    const found = hosts.every(host => host.scheme === 'ldapi') ? 'They do not leave this machine.' : 'They are: TLS comes first.';
    if (!open) return { verdict: 'ok', code: 'ok', did, found };
    const about = { did, help: HELP, settings: written(settings.server, settings.startTls) };
    const why = "Prosody sends the service account's password and that of everybody who logs in through the network in clear.";
    if (allowed)
      return {
        ...about,
        verdict: 'warning',
        code: 'clear-text.allowed',
        found: `${why} This check does so too, as it is allowed to.`,
      };
    return {
      ...about,
      verdict: 'error',
      code: 'clear-text.refused',
      found: `${why} This check does not, unless it is allowed to${named(options.plaintextSwitch)}.`,
    };
  });
  return allowed;
}

function named(allowing: string | undefined): string {
  return allowing === undefined ? '' : ` (${allowing})`;
}
