import { resolve } from 'node:path';
import { type Configuration, DIRECTORY_WAYS, encode, hosts, type Login, load, loginOf, toJson } from '@prosodist/core';
import { checkDirectory, type DirectoryReport } from '@prosodist/directory';
import { machineRootOf } from '@prosodist/machine';
import { type Context, contextOf, type GlobalOptions, openTarget, type Target } from '../../context.js';
import { faultText, reportJson, stepText, summaryText } from '../../directory/report.js';
import { directoryOptions } from '../../directory-options.js';
import type { Io } from '../../io.js';
import { firstLine } from '../../password-file.js';
import { CommandError, STATUS } from '../../status.js';
import { chunk } from '../../visible.js';

export interface CheckCommandOptions extends GlobalOptions {
  readonly host?: string;
  readonly user?: string;
  readonly passwordFile?: string;
  readonly allowPlaintext?: boolean;
  readonly timeout?: number;
}

/**
 * `prosodist directory check`: tries the settings of a host against its directory, step by step.
 * Statuses: 0 no step found an error, 1 one did, 2 wrong use or called off.
 */
export async function checkDirectoryCommand(io: Io, [path]: readonly string[], options: CheckCommandOptions): Promise<number> {
  const context = contextOf(io, options);
  if (path === '-') throw new CommandError('directory check reads files; name the file or folder of the configuration');
  if (options.passwordFile !== undefined && options.user === undefined)
    throw new CommandError('--password-file is the password of --user NAME; name the user too');
  const password = options.passwordFile === undefined ? undefined : await firstLine(io, options.passwordFile);
  if (password === '') throw new CommandError(`${options.passwordFile}: there is no password in the first line`);
  if (password !== undefined) context.secrets.learnOption(password, 'password');
  const target = openTarget(context, path);
  const configuration = load(target.files, target.entry, { prosody: context.prosody });
  context.secrets.learn(configuration);
  if (!configuration.ok)
    throw new CommandError(context.secrets.hide(`Prosody would not load this: ${configuration.errors[0]?.text ?? '?'}`));
  const root = machineRootOf(resolve(io.cwd, target.files.realPath(target.entry))) ?? null;
  const login = chosen(configuration, target, options.host, root);
  const settings = settingsOf(login);
  if (settings) context.secrets.learnOption(settings.bindPassword?.value ?? '', 'bind_password');
  const about = { configuration, files: target.files, login };
  if (!context.json && login.kind === 'fault') print(context, faultText(context, login.fault));
  const report = settings
    ? await checkDirectory(settings, {
        ...directoryOptions(io, options, {
          ...(root !== null && { root }),
          ...(settings.saslauthd && { saslauthd: settings.saslauthd }),
        }),
        ...(options.timeout !== undefined && { stepTimeout: options.timeout }),
        ...(options.user !== undefined && { user: options.user }),
        ...(password !== undefined && { password: Buffer.from(encode(password)) }),
        onEvent: event => {
          if (event.type === 'done' && !context.json) print(context, stepText(context, about, event.step));
        },
      })
    : null;
  if (context.json) io.stdout.write(`${toJson(reportJson(context, about, report), 2)}\n`);
  else if (report) print(context, summaryText(context, login.host, report));
  return statusOf(login, report);
}

function print({ io }: Context, text: string): void {
  io.stdout.write(chunk(`${text}\n`));
}

function statusOf(login: Login, report: DirectoryReport | null): number {
  if (report?.steps.some(({ code }) => code === 'aborted')) return STATUS.usage;
  return login.kind === 'fault' || report?.verdict === 'error' ? STATUS.findings : STATUS.ok;
}

/** The login of the host that is meant. @throws CommandError when it cannot be told which, or it asks no directory */
function chosen(configuration: Configuration, target: Target, asked: string | undefined, root: string | null): Login {
  const options = root === null ? {} : { files: target.files, root: root === '/' ? '' : root };
  const names = hosts(configuration).map(({ name }) => name);
  if (asked !== undefined) {
    const login = loginOf(configuration, asked, options);
    if (!names.includes(login.host))
      throw new CommandError(`there is no virtual host "${asked}"; there are ${names.join(', ') || 'none'}`);
    if (login.kind === 'other')
      throw new CommandError(`${login.host} asks no directory: its users come from "${login.provider}"`);
    if (login.kind === 'unknown') throw new CommandError(`it cannot be told what ${login.host} asks: ${login.reason}`);
    return login;
  }
  const logins = names.map(name => loginOf(configuration, name, options));
  const asking = logins.filter(login => login.kind === 'directory' || settingsOf(login) !== null);
  if (asking.length === 1) return asking[0]!;
  if (asking.length > 1)
    throw new CommandError(`several hosts ask a directory; say which with --host: ${asking.map(({ host }) => host).join(', ')}`);
  const faulty = logins.find(login => login.kind === 'fault' && DIRECTORY_WAYS.has(login.provider ?? ''));
  if (faulty) return faulty;
  const unknown = logins.find(login => login.kind === 'unknown');
  if (unknown?.kind === 'unknown') throw new CommandError(`it cannot be told what ${unknown.host} asks: ${unknown.reason}`);
  throw new CommandError('no virtual host asks a directory (authentication = "ldap2", "ldap" or "cyrus")');
}

function settingsOf(login: Login) {
  return login.kind === 'directory' || login.kind === 'fault' ? login.settings : null;
}
