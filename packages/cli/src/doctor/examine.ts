import { resolve } from 'node:path';
import {
  type Configuration,
  DIRECTORY_WAYS,
  type FileSystem,
  hosts,
  type Login,
  type LoginPath,
  lint,
  loginOf,
  loginPath,
  type MachineFacts,
  type PathFinding,
} from '@prosodist/core';
import { type DirectoryReport, examineDirectory, type LoginReport } from '@prosodist/directory';
import { hostLogin, machineRootOf } from '@prosodist/machine';
import type { Context, Target } from '../context.js';
import { directoryOptions } from '../directory-options.js';
import { hostsOfLogins } from '../hosts-of-logins.js';
import type { lintSettings } from '../settings.js';
import { CommandError } from '../status.js';

/** What `prosodist doctor` shall look at beside the configuration. */
export interface ExamineOptions {
  /** The host that was named; all that ask a directory otherwise. */
  readonly host?: string | undefined;
  readonly offline: boolean;
  readonly allowPlaintext: boolean;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** Where the machine's file system begins; found from the path of the configuration unless given. */
  readonly root?: string | undefined;
  readonly lint: ReturnType<typeof lintSettings>;
}

/** One host, with all that was looked at. */
export interface Examined {
  readonly path: LoginPath;
  readonly login: Login;
  readonly machine: MachineFacts | null;
  readonly report: DirectoryReport | null;
  readonly rehearsal: LoginReport | null;
}

export interface Examination {
  readonly configuration: Configuration;
  /** The root of the machine that was looked at; null where the configuration belongs to none. */
  readonly root: string | null;
  readonly hosts: readonly Examined[];
}

/**
 * Looks at the configuration, the machine and, unless `offline`, the directory, and makes a picture for each host.
 * @throws CommandError when there is no such host
 */
export async function examine(context: Context, target: Target, options: ExamineOptions): Promise<Examination> {
  const { files, entry, complete } = target;
  const { configuration, findings } = lint(files, entry, { prosody: context.prosody, complete, ...options.lint });
  context.secrets.learn(configuration);
  const place = resolve(context.io.cwd, files.realPath(entry));
  const root = options.root === undefined ? (machineRootOf(place) ?? null) : resolve(context.io.cwd, options.root);
  const names = hostsToExamine(configuration, options.host);
  const examined: Examined[] = [];
  // one after the other: a directory that counts failed logins shall not see several at once
  for (const host of names) examined.push(await examineHost(context, configuration, files, findings, host, root, options));
  return { configuration, root, hosts: examined };
}

/** All hosts that ask a directory; where none does, one: their pictures would be alike. */
function hostsToExamine(configuration: Configuration, asked: string | undefined): readonly string[] {
  if (asked !== undefined) {
    const name = asked.toLowerCase();
    const names = hosts(configuration).map(host => host.name);
    if (configuration.ok && !names.includes(name))
      throw new CommandError(`there is no virtual host "${asked}"; there are ${names.join(', ') || 'none'}`);
    return [name];
  }
  const found = hostsOfLogins(configuration);
  const asking = found.some(name => DIRECTORY_WAYS.has(loginOf(configuration, name).provider ?? ''));
  return asking ? found : [found[0] ?? '?'];
}

async function examineHost(
  context: Context,
  configuration: Configuration,
  files: FileSystem,
  findings: readonly PathFinding[],
  host: string,
  root: string | null,
  options: ExamineOptions,
): Promise<Examined> {
  const found = hostLogin(configuration, files, host, root);
  const { login, machine, offered } = found;
  const settings = login.kind === 'directory' || login.kind === 'fault' ? login.settings : null;
  context.secrets.learnOption(settings?.bindPassword?.value ?? '', 'bind_password');
  const saslauthd = settings?.saslauthd;
  const asked = options.offline
    ? null
    : await examineDirectory(
        { ...found, user: options.user, password: options.password },
        directoryOptions(context.io, options, { ...(root !== null && { root }), ...(saslauthd && { saslauthd }) }),
      );
  const { report, rehearsal, steps } = asked ?? { report: null, rehearsal: null, steps: null };
  const path = loginPath({ configuration, host, findings, login, offered, machine, steps, rehearsal });
  return { path, login, machine, report, rehearsal };
}
