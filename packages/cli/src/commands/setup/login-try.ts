// A login after the setup, as Prosody would answer it.
import { load, mechanismsOffered } from '@prosodist/core';
import { type LoginReport, rehearseLogin } from '@prosodist/directory';
import { hostLogin } from '@prosodist/machine';
import type { Context, Target } from '../../context.js';
import { directoryOptions } from '../../directory-options.js';
import { visible, wrap } from '../../visible.js';

export interface LoginTry {
  readonly host: string;
  readonly user: string;
  readonly password: string;
  /** The machine's root folder; null where the tree is of none. */
  readonly root: string | null;
  readonly allowPlaintext: boolean;
}

/**
 * Rehearses one login on the tree as it is on the disk now: from Jitsi's web server, over BOSH, or WebSocket where that alone is
 * there. The account is tried once.
 */
export async function tryLogin(context: Context, target: Target, wish: LoginTry): Promise<LoginReport> {
  const { host, user, password, root } = wish;
  context.secrets.learnOption(password, 'password');
  const configuration = load(target.files, target.entry, { prosody: context.prosody });
  const { login, offered, transport, saslauthd } = hostLogin(configuration, target.files, host, root);
  const connection = { transport, secure: false } as const;
  return rehearseLogin(
    {
      login,
      offered: offered ?? mechanismsOffered(configuration, login, connection),
      connection,
      user,
      password,
      ...(saslauthd !== undefined && { saslauthd }),
    },
    directoryOptions(context.io, wish, root === null ? {} : { root }),
  );
}

/** What came of it, in a few lines. */
export function tellLogin({ io, secrets, colours, width }: Context, { user }: LoginTry, report: LoginReport): void {
  const { host, outcome, answer, why, help, stations } = report;
  const paint = outcome === 'granted' ? colours.green : colours.red;
  const say = (text: string) => visible(secrets.hide(text));
  const logs = stations.flatMap(({ prosodyLogs }) => (prosodyLogs === null ? [] : prosodyLogs.split('\n')));
  const lines = [
    `login of ${say(user)} at ${say(host)}: ${paint(outcome)}${answer === null || outcome === 'granted' ? '' : ` (${say(answer)})`}`,
    ...wrap(say(why), width - 2).map(line => `  ${line}`),
    ...(help === null ? [] : wrap(`-> ${say(help)}`, width - 2).map(line => `  ${line}`)),
    ...(outcome === 'granted' || logs.length === 0 ? [] : ['  Prosody logs:', ...logs.map(line => `    ${say(line)}`)]),
  ];
  io.stderr.write(`${lines.join('\n')}\n`);
}
