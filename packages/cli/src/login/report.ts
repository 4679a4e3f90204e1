import { type Configuration, type FileSystem, type Json, lineIndex, type Origin, positionAt } from '@prosodist/core';
import type { LoginReport, RealLogin, Station, Verdict } from '@prosodist/directory';
import type { Context } from '../context.js';
import { shownPath, visible, wrap } from '../visible.js';

/** A rehearsal, and the real login beside it where one was made. */
export interface LoginView {
  readonly configuration: Configuration;
  readonly files: FileSystem;
  readonly report: LoginReport;
  readonly real: RealLogin | null;
  readonly differs: string | null;
}

const TITLES: Readonly<Record<Station['station'], string>> = {
  request: 'Request',
  prosody: 'Prosody',
  module: 'Module',
  directory: 'Directory',
  answer: 'Answer',
};

const SIGNS: Readonly<Record<Verdict, string>> = { ok: '✔', warning: '!', error: '✖', skipped: '–' };

const SAID: Readonly<Record<LoginReport['outcome'], string>> = {
  granted: 'Granted',
  refused: 'Refused',
  hangs: 'No answer',
  'not-offered': 'No login with a password is offered',
  'not-served': 'Not served',
  unknown: 'Cannot be told',
};

/** The five stations one below the other, and what comes of them. No secret is in it. */
export function loginText(context: Context, view: LoginView): string {
  const { report, real, differs } = view;
  const { colours } = context;
  const room = Math.max(30, context.width - 8);
  const lines = report.stations.flatMap((station, index) => [
    ...stationLines(context, view, station, room),
    ...(index < report.stations.length - 1 ? ['  │'] : []),
  ]);
  const verdict: Verdict = report.outcome === 'granted' ? 'ok' : report.outcome === 'unknown' ? 'skipped' : 'error';
  const said = `${SAID[report.outcome]}${report.answer === null ? '' : ` (${report.answer})`}`;
  const end = [
    `${paint(context, verdict)(colours.bold(say(context, said)))}`,
    ...wrap(say(context, report.why), context.width),
    ...(report.help === null ? [] : wrap(`To do: ${say(context, report.help)}`, context.width)),
  ];
  const beside = real ? ['', ...realLines(context, real, differs)] : [];
  return `${[colours.bold(say(context, `Login at ${report.host}`)), '', ...lines, '', ...end, ...beside].join('\n')}\n`;
}

function stationLines(context: Context, view: LoginView, station: Station, room: number): string[] {
  const { colours } = context;
  const colour = paint(context, station.verdict);
  const time = station.milliseconds > 0 ? colours.dim(` ${station.milliseconds} ms`) : '';
  const [first = '', ...more] = wrap(say(context, station.did), room - 12);
  const notes = [
    ...(station.found === '' ? [] : wrap(say(context, station.found), room)),
    ...(station.prosodyLogs?.split('\n') ?? []).map(line => `log: ${say(context, line)}`),
    ...(station.verdict === 'ok' ? [] : station.settings.map(setting => named(context, view, setting))),
  ];
  return [
    `  ${colour(SIGNS[station.verdict])} ${colours.bold(TITLES[station.station].padEnd(10))} ${first}${time}`,
    ...more.map(line => `  │ ${' '.repeat(10)} ${line}`),
    ...notes.map(line => `${station.station === 'answer' ? '   ' : '  │'}   ${line}`),
  ];
}

function named(
  context: Context,
  view: LoginView,
  { name, origin }: { readonly name: string; readonly origin: Origin | null },
): string {
  const at = origin && placeOf(view, origin);
  return say(context, at ? `setting: ${name} (${at.file}${at.line === null ? '' : `:${at.line}`})` : `setting: ${name}`);
}

function realLines(context: Context, real: RealLogin, differs: string | null): string[] {
  const { colours, width } = context;
  const head = `Through Prosody: ${say(context, real.found)} (${real.milliseconds} ms)`;
  if (differs !== null) return [head, ...wrap(say(context, differs), width).map(line => colours.red(line))];
  return [head, ...(real.outcome === 'unknown' ? [] : [colours.green('The rehearsal and Prosody agree.')])];
}

/** The JSON of a login; docs/login.md describes it. */
export function loginJson({ secrets }: Context, view: LoginView): Json {
  const { report, real, differs } = view;
  const text = (value: string | null) => (value === null ? null : secrets.hide(value));
  return {
    host: report.host,
    outcome: report.outcome,
    answer: report.answer,
    userSees: report.userSees,
    why: text(report.why),
    help: text(report.help),
    stations: report.stations.map(station => ({
      station: station.station,
      verdict: station.verdict,
      did: text(station.did),
      found: text(station.found),
      prosodyLogs: text(station.prosodyLogs),
      settings: station.settings.map(({ name, origin }) => ({
        name,
        ...(origin ? placeOf(view, origin) : { file: null, line: null }),
      })),
      milliseconds: station.milliseconds,
    })),
    throughProsody: real && {
      outcome: real.outcome,
      answer: real.answer,
      found: text(real.found),
      milliseconds: real.milliseconds,
      agrees: real.outcome === 'unknown' || report.outcome === 'unknown' ? null : differs === null,
      disagreement: differs,
    },
  };
}

function placeOf({ configuration, files }: LoginView, { file, start }: Origin): { file: string; line: number | null } {
  const document = configuration.documents.get(file);
  const read = document ? undefined : files.readFile(file);
  const lines = document?.lines ?? (read?.ok ? lineIndex(read.text) : undefined);
  return { file: shownPath(file), line: lines ? positionAt(lines, start).line : null };
}

function paint({ colours }: Context, verdict: Verdict): (text: string) => string {
  return { ok: colours.green, warning: colours.yellow, error: colours.red, skipped: colours.dim }[verdict];
}

/** A text of a server or a file, without secrets and safe for a terminal. */
function say({ secrets }: Context, text: string): string {
  return visible(secrets.hide(text));
}
