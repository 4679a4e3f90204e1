// A login that was rehearsed, as its five stations and what its user sees.
import { type LoginFault, nodeprep } from '@prosodist/core';
import type { LoginReport, Outcome, Station, UserSees, Verdict } from '../types.js';
import { type Ended, NOT_ASKED } from './ended.js';
import type { Rehearsal } from './rehearsal.js';

type Told = Pick<LoginFault, 'why' | 'logs' | 'settings'> & { readonly help: string | null };

/** A login that does not come behind Prosody. */
export function atProsody(rehearsal: Rehearsal, outcome: Outcome, { why, help, logs, settings }: Told): LoginReport {
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
export function atName(
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

/** A login that came behind Prosody: how it ended in the module, or in the directory. @param user the name as Prosody prepared it */
export function report(rehearsal: Rehearsal, user: string, ended: Ended): LoginReport {
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
