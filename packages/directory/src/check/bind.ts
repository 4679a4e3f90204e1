import { encode } from '@prosodist/core';
import type { RootDse } from '../discover/types.js';
import { type Connection, diagnosis, explainResult } from '../internal.js';
import { type Found, goesOn, type Run, takeStep } from './run.js';
import { nobodyFound, sentence, serviceFails, written } from './words.js';

/** Binds as the service account, once. Returns whether going on makes sense. */
export async function checkBind(run: Run, connection: Connection, root: RootDse | null, allowed: boolean): Promise<boolean> {
  const { bindName, bindPassword, way } = run.settings;
  const name = bindName?.value ?? '';
  const password = bindPassword?.value ?? '';
  const settings = written(bindName, bindPassword);
  const did = name === '' ? 'bound anonymously, as no service account is set' : `bound as ${name}`;
  const step = await takeStep(run, 'bind', connection.server, did, async (): Promise<Found> => {
    if (name !== '' && password === '') {
      return {
        verdict: 'error',
        code: 'bind.no-password',
        did: `did not bind as ${name}, as there is no password`,
        found:
          'A name without a password is no login: Windows takes it for an anonymous one and says success, others refuse it. Nobody will be found.',
        ...serviceFails(run.settings, 'Server is unwilling to perform'),
        help: `Set ${PASSWORD[way]}.`,
        settings,
      };
    }
    if (password !== '' && !allowed)
      return {
        verdict: 'skipped',
        code: 'bind.clear-text',
        did: `did not bind as ${name}`,
        found: 'The password would have gone through the network in clear.',
        settings,
      };
    const secret = Buffer.from(encode(password));
    const result = await connection.bind(name, secret).finally(() => secret.fill(0));
    if (result.code !== 0) {
      const { code, meaning, help } = explainResult(result);
      return {
        verdict: 'error',
        code: `bind.${code}`,
        did,
        found: `${sentence(meaning)} The server says: ${sentence(diagnosis(result))} Prosody can let nobody in at all.`,
        ...serviceFails(run.settings, diagnosis({ ...result, message: '' }).replace(/ \(\d+\)$/, '')),
        help: help === null ? null : sentence(help),
        settings: code === 'tls-required' ? written(run.settings.server, run.settings.startTls) : settings,
      };
    }
    if (name === '' && (root?.kind === 'active-directory' || root?.kind === 'samba')) {
      return {
        verdict: 'error',
        code: 'bind.anonymous',
        did,
        found: 'Active Directory takes an anonymous bind and then answers no search: nobody will be found.',
        ...nobodyFound(run.settings, run.options.user ?? '…'),
        help: `Set ${NAME[way]} and ${PASSWORD[way]} to a service account.`,
        settings,
      };
    }
    return { verdict: 'ok', code: 'ok', did, found: 'The server took it.', settings };
  });
  return goesOn(step);
}

const NAME = { ldap2: 'ldap.bind_dn', ldap: 'ldap_rootdn', cyrus: 'ldap_bind_dn of saslauthd.conf' } as const;
const PASSWORD = { ldap2: 'ldap.bind_password', ldap: 'ldap_password', cyrus: 'ldap_bind_pw of saslauthd.conf' } as const;
