import {
  hasPassword,
  type Login,
  type LoginConnection,
  type LoginFault,
  nodeprep,
  type Offered,
  type Placed,
  type PlainResult,
  readPlain,
} from '@prosodist/core';
import type { DirectoryOptions, LoginReport, Outcome, Station, UserSees, Verdict } from '../types.js';
import { rehearseCyrus } from './cyrus.js';
import { type Ended, NOT_ASKED, type Way } from './ended.js';
import { rehearseLdap } from './ldap.js';
import { rehearseLdap2 } from './ldap2.js';
import { stopwatch } from './stopwatch.js';

/** A login to rehearse. */
export interface Rehearsal {
  /** What `loginOf` says of the host. */
  readonly login: Login;
  /** What `mechanismsOffered` says of the host on this connection. */
  readonly offered: Offered;
  readonly connection: LoginConnection;
  /** The name as the user types it. */
  readonly user: string;
  /** Never part of any text of the report. */
  readonly password: string;
  /** cyrus: false where saslauthd's socket is not there, so that libsasl cannot ask it. */
  readonly saslauthd?: boolean;
}

/**
 * Says how a login ends without Prosody: does what Prosody's modules would do, step by step, against the real directory. The
 * service account and the user are bound once each at most; a password goes over an unencrypted connection only with
 * `allowPlaintext`. Every wait is bounded by `stepTimeout` and ended by `signal`; rejects only when it is called off.
 * @example (await rehearseLogin({ login, offered, connection, user: 'alice', password }, options)).outcome // → 'granted'
 */
export async function rehearseLogin(rehearsal: Rehearsal, options: DirectoryOptions): Promise<LoginReport> {
  const { login, offered } = rehearsal;
  if (login.kind === 'fault' && login.fault.effect === 'not-served') return atProsody(rehearsal, 'not-served', login.fault);
  if (login.kind === 'unknown') {
    const fault = { why: `It cannot be told how a login ends: ${login.reason}.`, help: null, logs: [], settings: login.settings };
    return atProsody(rehearsal, 'unknown', fault);
  }
  if (offered.kind === 'not-served') return atProsody(rehearsal, 'not-served', offered);
  if (login.kind === 'fault' && login.fault.effect === 'not-offered') {
    const atLogin = offered.kind === 'offer' ? offered.logs : [];
    return atProsody(rehearsal, 'not-offered', { ...login.fault, logs: [...login.fault.logs, ...atLogin] });
  }
  if (offered.kind === 'unknown') {
    const fault = { why: `It cannot be told what is offered: ${offered.reason}.`, help: null, logs: [], settings: [] };
    return atProsody(rehearsal, 'unknown', fault);
  }
  if (!hasPassword(offered.mechanisms)) {
    const { why, help, logs, settings } = offered;
    return atProsody(rehearsal, 'not-offered', { why: why ?? 'No mechanism with a password is offered.', help, logs, settings });
  }
  const plain = login.provider === 'cyrus' ? asTyped(rehearsal) : readPlain(rehearsal.user, rehearsal.password);
  if (!plain.ok) return atName(rehearsal, plain);
  if (login.kind === 'other') {
    const why = `The provider ${login.provider} has its accounts in Prosody itself, so the password cannot be tried from outside.`;
    return report(rehearsal, plain.user, inModule('unknown', null, why, 'Try it through Prosody.', [], []));
  }
  const way = { module: `mod_auth_${login.provider}`, options, clock: stopwatch() };
  return report(rehearsal, plain.user, await inDirectory(rehearsal, plain, way));
}

/** Behind SASL: the module, and the directory where it comes to it. */
async function inDirectory(
  { login, user, saslauthd }: Rehearsal,
  plain: Extract<PlainResult, { ok: true }>,
  way: Way,
): Promise<Ended> {
  const fault = login.kind === 'fault' ? login.fault : null;
  if (login.provider === 'cyrus' && saslauthd === false && fault?.code !== 'saslauthd-not-used') return withoutSaslauthd();
  const settings = login.kind === 'fault' || login.kind === 'directory' ? login.settings : null;
  if (fault && !settings)
    return inModule(
      fault.effect === 'hangs' ? 'hangs' : 'refused',
      fault.condition,
      fault.why,
      fault.help,
      fault.logs,
      fault.settings,
    );
  if (settings!.way === 'cyrus') return rehearseCyrus(settings!, user, plain.password, way);
  return settings!.way === 'ldap2'
    ? rehearseLdap2(settings!, fault, plain.user, plain.password, way)
    : rehearseLdap(settings!, fault, plain.user, plain.password, way);
}

/** libsasl cannot reach saslauthd. */
function withoutSaslauthd(): Ended {
  const logs = ['Got SASL error condition -1: generic failure'];
  const why = 'saslauthd does not run, or its socket is not where libsasl looks for it.';
  return inModule('refused', 'undefined-condition', why, 'Set START=yes in /etc/default/saslauthd and start it.', logs, []);
}

/** libsasl takes name and password as they are, but wants a name. */
function asTyped({ user, password }: Rehearsal) {
  if (user !== '') return { ok: true, user, password } as const;
  return { ok: false, condition: 'undefined-condition', why: 'The name is empty', help: 'Give a name.' } as const;
}

function inModule(
  outcome: Outcome,
  answer: string | null,
  why: string,
  help: string | null,
  logs: readonly string[],
  settings: readonly Placed<unknown>[],
): Ended {
  const verdict: Verdict = outcome === 'unknown' ? 'skipped' : 'error';
  const module = { verdict, did: 'took the name and the password', found: why, milliseconds: 0 };
  return { outcome, answer, module, directory: NOT_ASKED, logs, why, help, settings };
}

type Told = Pick<LoginFault, 'why' | 'logs' | 'settings'> & { readonly help: string | null };

/** A login that does not come behind Prosody. */
function atProsody(rehearsal: Rehearsal, outcome: Outcome, { why, help, logs, settings }: Told): LoginReport {
  const verdict: Verdict = outcome === 'unknown' ? 'skipped' : 'error';
  const { login } = rehearsal;
  const mechanisms = outcome === 'not-offered' && login.kind !== 'fault' ? mechanismsOf(rehearsal) : [];
  const did =
    {
      'not-offered': `offered ${mechanisms.join(', ') || 'no mechanism'}`,
      unknown: `took the connection to ${login.host}`,
    }[outcome as string] ?? `looked for the host ${login.host}`;
  const prosody = { verdict, did, found: why, milliseconds: 0 };
  return {
    host: login.host,
    outcome,
    answer: mechanisms.length > 0 ? mechanisms.join(', ') : null,
    userSees: seen(outcome, mechanisms),
    stations: [
      request(rehearsal),
      { station: 'prosody', ...prosody, prosodyLogs: joined(logs), settings },
      { station: 'module', ...NOT_ASKED, prosodyLogs: null, settings: [] },
      { station: 'directory', ...NOT_ASKED, prosodyLogs: null, settings: [] },
      answerStation(outcome, null, mechanisms),
    ],
    why,
    help,
  };
}

/** A name or a password that Prosody refuses before it asks anybody. */
function atName(
  rehearsal: Rehearsal,
  plain: { readonly condition: string; readonly why: string; readonly help: string },
): LoginReport {
  const why = `${plain.why}, so Prosody refuses the login before it asks anybody.`;
  const whole = atProsody(rehearsal, 'refused', { why, help: plain.help, logs: [], settings: [] });
  const stations = whole.stations.map(station =>
    station.station === 'prosody'
      ? { ...station, did: `offered ${mechanismsOf(rehearsal).join(', ')}` }
      : station.station === 'answer'
        ? answerStation('refused', plain.condition, [])
        : station,
  );
  return { ...whole, answer: plain.condition, stations };
}

function mechanismsOf({ offered }: Rehearsal): readonly string[] {
  return offered.kind === 'offer' ? offered.mechanisms : [];
}

function report(rehearsal: Rehearsal, user: string, ended: Ended): LoginReport {
  const { login, connection } = rehearsal;
  const { outcome, answer, settings, why, help } = ended;
  // mod_websocket's sessions are those of mod_c2s
  const logs =
    connection.transport === 'bosh' ? ended.logs : ended.logs.map(line => line.replace('Traceback[bosh]', 'Traceback[c2s]'));
  const authenticated =
    outcome === 'granted' ? [`Authenticated as ${nodeprep(user.replace(/@.*$/s, '')) ?? user}@${login.host}`] : [];
  const atDirectory = ended.directory !== NOT_ASKED;
  return {
    host: login.host,
    outcome,
    answer,
    userSees: seen(outcome, []),
    stations: [
      request(rehearsal),
      {
        station: 'prosody',
        verdict: 'ok',
        did: `offered ${mechanismsOf(rehearsal).join(', ')}`,
        found: user === rehearsal.user ? 'name and password are well-formed' : `the name is prepared to "${user}"`,
        prosodyLogs: null,
        settings: [],
        milliseconds: 0,
      },
      {
        station: 'module',
        ...ended.module,
        prosodyLogs: joined([...logs, ...authenticated]),
        settings: atDirectory ? [] : settings,
      },
      { station: 'directory', ...ended.directory, prosodyLogs: null, settings: atDirectory ? settings : [] },
      answerStation(outcome, answer, []),
    ],
    why,
    help,
  };
}

function request({ connection, user, login }: Rehearsal): Station {
  const by = { bosh: 'BOSH', websocket: 'WebSocket', c2s: 'a direct connection' }[connection.transport];
  const found = connection.secure ? 'encrypted up to Prosody' : 'plain on the last hop to Prosody';
  const did = `comes by ${by} to ${login.host} as "${user}"`;
  return { station: 'request', verdict: 'ok', did, found, prosodyLogs: null, settings: [], milliseconds: 0 };
}

const SAID: Readonly<Record<Outcome, string>> = {
  granted: 'success',
  refused: 'failure',
  hangs: 'nothing',
  'not-offered': 'no mechanism with a password',
  'not-served': 'no connection',
  unknown: 'not known',
};

const SHOWN: Readonly<Record<UserSees, string>> = {
  granted: 'Jitsi Meet lets the user in',
  refused: 'Jitsi Meet says "Incorrect username or password"',
  connecting: 'Jitsi Meet shows "Connecting…" for ever',
  'no-login-window': 'Jitsi Meet never asks for a password',
  error: 'Jitsi Meet shows an error of the connection',
  unknown: 'what Jitsi Meet shows is not known',
};

function answerStation(outcome: Outcome, answer: string | null, mechanisms: readonly string[]): Station {
  const did = `${SAID[outcome]}${answer === null ? '' : `: ${answer}`}`;
  const verdict: Verdict = outcome === 'granted' ? 'ok' : outcome === 'unknown' ? 'skipped' : 'error';
  return {
    station: 'answer',
    verdict,
    did,
    found: SHOWN[seen(outcome, mechanisms)],
    prosodyLogs: null,
    settings: [],
    milliseconds: 0,
  };
}

/** What Jitsi Meet makes of it. */
function seen(outcome: Outcome, mechanisms: readonly string[]): UserSees {
  if (outcome === 'granted' || outcome === 'refused' || outcome === 'unknown') return outcome;
  if (outcome === 'hangs') return 'connecting';
  return mechanisms.includes('ANONYMOUS') ? 'no-login-window' : 'error';
}

function joined(logs: readonly string[]): string | null {
  return logs.length > 0 ? logs.join('\n') : null;
}
