import { resolve } from 'node:path';
import { type Json, toJson } from '@prosodist/core';
import { writeOutput } from '../check/outputs.js';
import { contextOf, type GlobalOptions, openTarget } from '../context.js';
import { type Diagnosis, shown } from '../doctor/diagnosis.js';
import { type Examination, examine } from '../doctor/examine.js';
import { page } from '../doctor/page.js';
import { drawsAscii, picture } from '../doctor/picture.js';
import type { Io } from '../io.js';
import { firstLine } from '../password-file.js';
import { lintSettings, prosodyOf, settingsEntry, settingsFor } from '../settings.js';
import { CommandError, STATUS } from '../status.js';
import { chunk, shownPath } from '../visible.js';

export interface DoctorOptions extends GlobalOptions {
  readonly host?: string;
  readonly offline?: boolean;
  readonly allowPlaintext?: boolean;
  readonly user?: string;
  readonly passwordFile?: string;
  readonly html?: string;
  readonly root?: string;
}

/**
 * `prosodist doctor`: the way of a login as a picture, from the configuration, the machine and the directory.
 * Statuses: 0 nothing is broken, 1 a login stops somewhere, 2 wrong use.
 */
export async function doctor(io: Io, [path]: readonly string[], options: DoctorOptions): Promise<number> {
  if (path === '-') throw new CommandError('doctor looks at a machine; name the file or folder of its configuration');
  if (options.passwordFile !== undefined && options.user === undefined)
    throw new CommandError('--password-file is the password of --user NAME; name the user too');
  if (options.user !== undefined && options.offline)
    throw new CommandError('--offline asks no directory, so --user cannot be looked up; leave one of them out');
  const settings = settingsFor(io, path, {});
  const first = contextOf(io, options);
  const context = { ...first, prosody: prosodyOf(options.prosody, settings, first.prosody) };
  const password = options.passwordFile === undefined ? undefined : await firstLine(io, options.passwordFile);
  if (password !== undefined) context.secrets.learnOption(password, 'password');
  const target = openTarget(context, path, undefined, settingsEntry(io, settings));
  const examination = await examine(context, target, {
    host: options.host,
    offline: options.offline === true,
    allowPlaintext: options.allowPlaintext === true,
    user: options.user,
    password,
    root: options.root,
    lint: lintSettings(io, settings, {}),
  });
  const diagnoses = examination.hosts.map(host => shown(host.path, examination.configuration, target.files, context.secrets));
  const about = aboutText(shownPath(target.entry), context.prosody, examination, options.offline === true);
  if (options.html !== undefined) {
    writeOutput(resolve(io.cwd, options.html), options.html, page(diagnoses, about));
    context.note(`wrote ${options.html}`);
  }
  if (context.json) io.stdout.write(`${toJson(asJson(target.entry, context.prosody, examination, diagnoses), 2)}\n`);
  else {
    const style = { colours: context.colours, width: context.width, ascii: drawsAscii(io.env) };
    io.stdout.write(chunk([about, ...diagnoses.map(diagnosis => picture(diagnosis, style))].join('\n\n')));
  }
  return diagnoses.some(({ state }) => state === 'red') ? STATUS.findings : STATUS.ok;
}

function aboutText(entry: string, prosody: string, { root }: Examination, offline: boolean): string {
  const machine =
    root === null ? 'no machine (the configuration is not in its /etc/prosody)' : root === '/' ? 'this machine' : root;
  return `${entry}, read as Prosody ${prosody} does; looked at: ${machine}${offline ? ', no directory' : ''}`;
}

/** What was looked at, and for each host its stations with their checks. */
function asJson(entry: string, prosody: string, examination: Examination, diagnoses: readonly Diagnosis[]): Json {
  return {
    configuration: shownPath(entry),
    prosody,
    root: examination.root,
    hosts: diagnoses.map((diagnosis, index) => {
      const { login, report, rehearsal, machine } = examination.hosts[index]!;
      const { host, state, first, stations, edges, elsewhere } = diagnosis;
      return plain({
        host,
        state,
        first,
        stations,
        edges,
        elsewhere,
        login: { kind: login.kind, provider: login.provider },
        directory: report && { verdict: report.verdict, server: report.server },
        rehearsal: rehearsal && { outcome: rehearsal.outcome, answer: rehearsal.answer, userSees: rehearsal.userSees },
        machine: machine && {
          packages: machine.packages,
          lua: machine.lua,
          services: machine.services,
          account: machine.account,
        },
      });
    }),
  };
}

/** A value as JSON has it. */
function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
