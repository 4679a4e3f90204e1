import { dirname, resolve } from 'node:path';
import { changesOf, currentLdap, type LdapChoices, load, loginHosts, Overlay, type SetupPlan, setupLdap } from '@prosodist/core';
import { installCommand, restartCommands, runProgram } from '@prosodist/machine';
import { type Change, deliver } from '../../change.js';
import { type Context, contextOf, learnTree, openTarget, type Target } from '../../context.js';
import type { Io } from '../../io.js';
import { firstLine } from '../../password-file.js';
import { refusalOfStep } from '../../refusal.js';
import { lintSettings, prosodyOf, settingsEntry, settingsFor } from '../../settings.js';
import { CommandError, STATUS } from '../../status.js';
import type { Terminal } from '../../terminal.js';
import { settle } from '../../writing.js';
import { choicesOf, type SetupLdapOptions } from './choices.js';
import { tellLogin, tryLogin } from './login-try.js';
import { askChoices, askPassword, confirm } from './questions.js';
import { jsonSteps, tellSteps } from './report.js';
import { NO_SUGGESTION, suggestionOf } from './suggest.js';

/**
 * `prosodist setup ldap [ENTRY]`: all that lets people of a directory log in, as one plan; in a terminal with questions. Statuses:
 * 0 all is so already, or written; 1 something would change; 2 wrong use, or a program failed; 3 refused; 4 a file changed meanwhile.
 */
export async function setupLdapCommand(io: Io, [path]: readonly string[], options: SetupLdapOptions): Promise<number> {
  if (path === '-') throw new CommandError('a setup needs files; name the file or folder of the configuration');
  const given = contextOf(io, options);
  const settings = settingsFor(io, path, options);
  const context = { ...given, prosody: prosodyOf(options.prosody, settings, given.prosody) };
  const target = openTarget(context, path, undefined, settingsEntry(io, settings));
  if (!target.complete) throw new CommandError('a setup needs the whole tree; name its folder or main file');
  const writes = options.write === true || options.yes === true;
  const terminal = io.terminal && !options.yes && !options.check && !context.json ? io.terminal : undefined;
  if (options.login !== undefined && options.loginPasswordFile === undefined && !terminal)
    throw new CommandError('--login needs the password of that person: --login-password-file FILE, or - for standard input');
  const root = rootOf(io, target);
  settle(context, target, writes);
  learnTree(context, target.files, target);
  const flags = await choicesOf(io, options);
  const choices = terminal
    ? await asked(context, target, flags, { terminal, root, discover: options.discover !== false })
    : flags;
  learn(context, choices);
  const plan = setupLdap(target.files, target.entry, choices, {
    prosody: context.prosody,
    system: root === null ? null : root === '/' ? '/' : `${root}/`,
    ...(options.jitsi === true && { jitsi: true }),
    ...(options.allowPlaintext === true && { allowPlaintext: true }),
  });
  for (const { file, after } of plan.files)
    if (plan.foreign.includes(file) && isSecretFile(choices, file)) context.secrets.learnWhole(after);
  if (!context.json) tellSteps(context, target, plan);
  const refused = plan.steps.find(({ status }) => status === 'refused');
  if (refused) throw refusalOfStep(context, target.files, refused, jsonSteps(context, plan));
  const overlay = new Overlay(target.files);
  overlay.apply(changesOf(plan));
  learnTree(context, overlay.files, target);
  const change: Change = {
    ...plan,
    applied: [],
    // the steps tell it
    outcomes: context.json ? plan.outcomes : [],
    judging: lintSettings(io, settings, options),
    explanation: { lines: [], json: { setup: jsonSteps(context, plan) } },
  };
  if (!terminal || options.write) {
    if (writes) install(context, plan, options);
    const changed = deliver(context, target, overlay, change, {
      ...options,
      write: writes,
      ...(writes && { diff: options.diff ?? true }),
    });
    if (!writes) return changed ? STATUS.findings : STATUS.ok;
  } else {
    const changed = deliver(context, target, overlay, change, { ...options, check: true, diff: true });
    const say = (text: string) => void io.stderr.write(`${text}\n`);
    if (changed && !(await confirm(terminal, say, 'Write this', false))) {
      context.note('nothing was written');
      return STATUS.findings;
    }
    install(context, plan, options);
    if (changed) deliver(context, target, overlay, change, { ...options, write: true });
  }
  restart(context, plan, options);
  return (await rehearse(context, target, plan.host!, root, options, terminal)) ? STATUS.ok : STATUS.findings;
}

/** A login, where one was asked for. @returns false when it is not granted */
async function rehearse(
  context: Context,
  target: Target,
  host: string,
  root: string | null,
  options: SetupLdapOptions,
  terminal: Terminal | undefined,
): Promise<boolean> {
  const user = options.login ?? (terminal ? (await terminal.ask('Try a login of (user name; empty: nobody): ')).trim() : '');
  if (user === '') return true;
  const say = (text: string) => void context.io.stderr.write(`${text}\n`);
  const file = options.loginPasswordFile;
  const password = file !== undefined ? await firstLine(context.io, file) : await askPassword(terminal!, say, '', false);
  const wish = { host, user, password: password!, root, allowPlaintext: options.allowPlaintext === true };
  const report = await tryLogin(context, target, wish);
  tellLogin(context, wish, report);
  return report.outcome === 'granted';
}

interface Sitting {
  readonly terminal: Terminal;
  readonly root: string | null;
  readonly discover: boolean;
}

/** The choices of the person before the terminal. */
async function asked(
  context: Context,
  target: Target,
  flags: LdapChoices,
  { terminal, root, discover }: Sitting,
): Promise<LdapChoices> {
  const { io, prosody } = context;
  const configuration = load(target.files, target.entry, { prosody });
  if (configuration.errors.length > 0) return flags;
  return askChoices(terminal, text => void io.stderr.write(`${text}\n`), flags, {
    hosts: loginHosts(configuration),
    currentOf: (host, way) => currentLdap(configuration, host.toLowerCase(), way),
    has: host => configuration.sections.get(host.toLowerCase())?.kind === 'host',
    suggest: (server, wish) => (discover ? suggestionOf(context, server, root, wish) : Promise.resolve(NO_SUGGESTION)),
  });
}

/**
 * The folder above `etc/prosody`, in which Jitsi's and libldap's files are too; null where there is none. It need not be a whole
 * system: what is written below it is also what the login that is tried reads.
 */
function rootOf({ cwd }: Io, { files, entry }: Target): string | null {
  const folder = dirname(resolve(cwd, files.realPath(entry)));
  return folder.endsWith('/etc/prosody') ? folder.slice(0, -'/etc/prosody'.length) || '/' : null;
}

function learn({ secrets }: Context, { password }: LdapChoices): void {
  if (password && password.kind !== 'credential' && password.value !== undefined)
    secrets.learnOption(password.value, 'ldap_password');
}

function isSecretFile({ password }: LdapChoices, file: string): boolean {
  return password?.kind === 'file' && (file === password.file || file.endsWith(`/${password.file}`));
}

/** With `--install`, before anything is written: what is written would not work without them. */
function install(context: Context, { packages }: SetupPlan, options: SetupLdapOptions): void {
  if (!options.install || packages.length === 0) return;
  start(context, installCommand(packages));
}

/** With `--restart`, once all is written. */
function restart(context: Context, { services }: SetupPlan, options: SetupLdapOptions): void {
  if (!options.restart) return;
  for (const command of restartCommands(services.length > 0 ? services : ['prosody'])) start(context, command);
}

function start({ io, note }: Context, command: readonly string[]): void {
  note(`runs \`${command.join(' ')}\``);
  runProgram(command, { ...io.env });
}
