import {
  type Configuration,
  capital,
  type FileSystem,
  type Json,
  type Login,
  type LoginFault,
  lineIndex,
  type Origin,
  positionAt,
} from '@prosodist/core';
import type { DirectoryReport, Step, UserSees, Verdict } from '@prosodist/directory';
import type { Context } from '../context.js';
import { shownPath, visible, wrap } from '../visible.js';

/** What the texts of a check are about. */
export interface About {
  readonly configuration: Configuration;
  readonly files: FileSystem;
  readonly login: Login;
}

const SEES: Readonly<Record<UserSees, string>> = {
  granted: 'the login succeeds',
  refused: 'the name or password is refused',
  connecting: '"Connecting…", and no answer',
  'no-login-window': 'no window to log in',
  error: 'an error',
  unknown: 'it cannot be told',
};

/** One step for a terminal: its verdict and name, what was found, and what follows from it. */
export function stepText(context: Context, about: About, step: Step): string {
  const { colours, width } = context;
  const colour = colourOf(context, step.verdict);
  const server = step.server === null ? '' : ` ${step.server}`;
  const code = step.code === 'ok' ? '' : ` [${step.code}]`;
  const head = `${colour(step.verdict.padEnd(8))}${colours.bold(step.step)}${say(context, server)}${colours.dim(`${say(context, code)} ${step.milliseconds} ms`)}`;
  const lines = [paragraph(`${capital(step.did)}. ${step.found}`)];
  if (step.prosodyLogs !== null)
    lines.push('Prosody logs:', ...step.prosodyLogs.split('\n').map(line => `  ${say(context, line)}`));
  if (step.userSees !== null && step.verdict !== 'ok') lines.push(`The user sees: ${SEES[step.userSees]}`);
  if (step.help !== null) lines.push(paragraph(`To do: ${step.help}`));
  if (step.verdict !== 'ok' && step.settings.length > 0) lines.push(`Setting: ${step.settings.map(named).join(', ')}`);
  return [head, ...lines.flatMap(line => line.split('\n')).map(line => `        ${line}`)].join('\n');

  function paragraph(text: string): string {
    return wrap(say(context, text), Math.max(24, width - 8)).join('\n');
  }
  function named(setting: { readonly name: string; readonly origin: Origin | null }): string {
    const at = setting.origin ? placeOf(about, setting.origin) : null;
    return say(context, at ? `${setting.name} (${shownPath(at.file)}:${at.line})` : setting.name);
  }
}

/** What the configuration alone shows to be wrong. */
export function faultText(context: Context, { why, help, logs }: LoginFault): string {
  const lines = [`${context.colours.red('error'.padEnd(8))}${context.colours.bold('configuration')}`, why];
  if (logs.length > 0) lines.push('Prosody logs:', ...logs.map(line => `  ${line}`));
  return [lines[0]!, ...[...lines.slice(1), `To do: ${help}`].map(line => `        ${say(context, line)}`)].join('\n');
}

/** The last line: how many of what. */
export function summaryText(context: Context, host: string, { steps, verdict }: DirectoryReport): string {
  const count = (wanted: Verdict) => steps.filter(step => step.verdict === wanted).length;
  const parts = (['error', 'warning', 'skipped'] as const).map(each => [count(each), each] as const).filter(([n]) => n > 0);
  const text = parts.map(([n, each]) => `${n} ${each === 'skipped' ? each : n === 1 ? each : `${each}s`}`).join(', ');
  return `\n${say(context, host)}: ${colourOf(context, verdict)(text === '' ? `all ${steps.length} steps are well` : `${text} in ${steps.length} steps`)}`;
}

/** The JSON of a check; docs/directory.md describes it. */
export function reportJson(context: Context, about: About, report: DirectoryReport | null): Json {
  const { login } = about;
  return {
    host: login.host,
    way: login.provider,
    verdict: login.kind === 'fault' ? 'error' : (report?.verdict ?? 'skipped'),
    server: report?.server ?? null,
    fault:
      login.kind === 'fault'
        ? {
            code: login.fault.code,
            effect: login.fault.effect,
            why: hide(context, login.fault.why),
            help: hide(context, login.fault.help),
            prosodyLogs: login.fault.logs.map(line => hide(context, line)),
          }
        : null,
    steps: (report?.steps ?? []).map(step => ({
      step: step.step,
      server: step.server,
      verdict: step.verdict,
      code: step.code,
      did: hide(context, step.did),
      found: hide(context, step.found),
      prosodyLogs: step.prosodyLogs === null ? null : hide(context, step.prosodyLogs),
      userSees: step.userSees,
      help: step.help === null ? null : hide(context, step.help),
      settings: step.settings.map(({ name, origin }) => ({
        name,
        ...(origin ? placeOf(about, origin) : { file: null, line: null }),
      })),
      milliseconds: step.milliseconds,
    })),
  };
}

function placeOf({ configuration, files }: About, { file, start }: Origin): { file: string; line: number | null } {
  const document = configuration.documents.get(file);
  const read = document ? undefined : files.readFile(file);
  const lines = document?.lines ?? (read?.ok ? lineIndex(read.text) : undefined);
  return { file: shownPath(file), line: lines ? positionAt(lines, start).line : null };
}

function colourOf({ colours }: Context, verdict: Verdict): (text: string) => string {
  return { ok: colours.green, warning: colours.yellow, error: colours.red, skipped: colours.dim }[verdict];
}

function hide({ secrets }: Context, text: string): string {
  return secrets.hide(text);
}

/** A text of a server or a file, without secrets and safe for a terminal. */
function say(context: Context, text: string): string {
  return visible(hide(context, text));
}
