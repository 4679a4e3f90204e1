import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Configuration, type LoginConnection, load, mechanismsOffered, toJson } from '@prosodist/core';
import { disagreement, type LoginReport, loginThrough, type RealLogin, rehearseLogin, throughUrl } from '@prosodist/directory';
import { hostLogin, machineRootOf } from '@prosodist/machine';
import { type Context, contextOf, type GlobalOptions, openTarget } from '../context.js';
import { directoryOptions } from '../directory-options.js';
import { hostsOfLogins } from '../hosts-of-logins.js';
import type { Io } from '../io.js';
import { loginJson, loginText } from '../login/report.js';
import { firstLine } from '../password-file.js';
import { CommandError, STATUS } from '../status.js';
import { chunk } from '../visible.js';

export interface LoginCommandOptions extends GlobalOptions {
  readonly host?: string;
  readonly transport?: LoginConnection['transport'];
  readonly secure?: boolean;
  readonly insecure?: boolean;
  readonly passwordFile?: string;
  readonly allowPlaintext?: boolean;
  readonly throughProsody?: string;
  readonly timeout?: number;
}

/**
 * `prosodist login USER`: says how the login ends, by doing what Prosody would do; with `--through-prosody` also does it.
 * Statuses: 0 it is granted, 1 it is not, cannot be told, or Prosody says otherwise, 2 wrong use.
 */
export async function loginCommand(io: Io, [user = '', path]: readonly string[], options: LoginCommandOptions): Promise<number> {
  const context = contextOf(io, options);
  if (path === '-') throw new CommandError('login reads files; name the file or folder of the configuration');
  assertUser(io, user);
  const address = options.throughProsody === undefined ? undefined : throughUrl(options.throughProsody);
  if (typeof address === 'string') throw new CommandError(`--through-prosody: ${address}`);
  const target = openTarget(context, path);
  const configuration = load(target.files, target.entry, { prosody: context.prosody });
  context.secrets.learn(configuration);
  const host = hostOf(configuration, options.host);
  const root = machineRootOf(resolve(io.cwd, target.files.realPath(target.entry))) ?? null;
  const { login, places, saslauthd } = hostLogin(configuration, target.files, host, root);
  const settings = login.kind === 'directory' || login.kind === 'fault' ? login.settings : null;
  context.secrets.learnOption(settings?.bindPassword?.value ?? '', 'bind_password');
  const password = await passwordOf(context, user, login.host, options.passwordFile);
  context.secrets.learnOption(password, 'password');
  const transport = options.transport ?? (address?.protocol.startsWith('ws') ? 'websocket' : 'bosh');
  const connection: LoginConnection = { transport, secure: isSecure(transport, options) };
  const offered = mechanismsOffered(configuration, login, connection, places);
  const report = await rehearseLogin(
    { login, offered, connection, user, password, ...(saslauthd !== undefined && { saslauthd }) },
    {
      ...directoryOptions(io, options, {
        ...(root !== null && { root }),
        ...(settings?.saslauthd && { saslauthd: settings.saslauthd }),
      }),
      ...(options.timeout !== undefined && { stepTimeout: options.timeout }),
    },
  );
  const real = address
    ? await loginThrough({
        url: address.href,
        host: login.host,
        user,
        password,
        allowPlaintext: options.allowPlaintext === true,
        ...(options.timeout !== undefined && { timeout: options.timeout }),
        ...(io.signal && { signal: io.signal }),
      })
    : null;
  const about = { configuration, files: target.files, report, real, differs: real && disagreement(report, real) };
  if (context.json) io.stdout.write(`${toJson(loginJson(context, about), 2)}\n`);
  else io.stdout.write(chunk(loginText(context, about)));
  return statusOf(report, real, about.differs);
}

/** Whoever checks a file with every other command names it here too, where the user's name stands first. */
function assertUser(io: Io, user: string): void {
  const isPath =
    /^(?:\/|\.{1,2}(?:\/|$)|~\/)|\.cfg\.lua$/.test(user) || (user.includes('/') && existsSync(resolve(io.cwd, user)));
  if (isPath)
    throw new CommandError(`login wants the name of a user first, and \`${user}\` is a path: prosodist login USER ${user}`);
}

function statusOf(report: LoginReport, real: RealLogin | null, differs: string | null): number {
  const isGranted = report.outcome === 'granted' && differs === null && (real === null || real.outcome === 'granted');
  return isGranted ? STATUS.ok : STATUS.findings;
}

/** c2s is encrypted by STARTTLS; the hop from Jitsi's nginx is not. */
function isSecure(transport: LoginConnection['transport'], { secure, insecure }: LoginCommandOptions): boolean {
  if (secure && insecure) throw new CommandError('--secure and --insecure say the opposite; give one of them');
  return insecure ? false : (secure ?? transport === 'c2s');
}

/** The host that is logged in to. @throws CommandError when it cannot be told which is meant */
function hostOf(configuration: Configuration, asked: string | undefined): string {
  // one that is not there may be what a user gets to see, so the rehearsal tells it
  if (asked !== undefined) return asked;
  const found = hostsOfLogins(configuration);
  if (found.length > 1) throw new CommandError(`several hosts may be meant; say which with --host: ${found.join(', ')}`);
  // a configuration that Prosody refuses has no hosts to choose from, and the rehearsal says why
  return found[0] ?? '?';
}

/** @throws CommandError where there is neither a file nor anybody to ask */
async function passwordOf({ io }: Context, user: string, host: string, file: string | undefined): Promise<string> {
  if (file !== undefined) return firstLine(io, file);
  if (!io.terminal)
    throw new CommandError('there is no terminal to ask for the password; give --password-file FILE, or - for standard input');
  return io.terminal.ask(`Password of ${user} at ${host}: `, { hidden: true });
}
