import { findingCheck, good, notLooked, rehearsalCheck, sorted, worst } from './path-checks.js';
import { machineChecks } from './path-machine.js';
import { ownChecks, settingsOf, transportOf, webWays } from './path-own.js';
import { stationOf } from './path-rules.js';
import { stationSettings } from './path-settings.js';
import {
  type LoginPath,
  type PathCheck,
  type PathEdge,
  type PathInput,
  type PathState,
  type PathStation,
  STATIONS,
  type StationName,
} from './path-types.js';

/**
 * The way of a login at a host: what happens at each station, what rules it, and what is wrong there, from all that was
 * looked at. What was not looked at is grey.
 * @param input the configuration, what the rules found in it, and, where there is any, what the machine, the live check and a
 * rehearsal say
 * @returns stations and edges in the order of the login, without secrets and without any form
 */
export function loginPath(input: PathInput): LoginPath {
  const provider = input.login.provider ?? '?';
  const { configuration, host } = input;
  const asks = input.login.kind !== 'other';
  const placed = input.findings.map(finding => ({ finding, station: stationOf(configuration, host, finding, asks) }));
  const machine = input.machine ? machineChecks(input.machine, provider) : {};
  const before = STATIONS.slice(0, -1).map(name => {
    const own = placed.flatMap(({ finding, station }) => (station === name ? [findingCheck(finding)] : []));
    return stationFrom(input, name, provider, [...ownChecks(input, name), ...own, ...(machine[name] ?? [])]);
  });
  const answer = stationFrom(input, 'answer', provider, [answerCheck(input, before)]);
  const stations = [...before, answer];
  const stop = stations.find(station => station.state === 'red') ?? stations.find(station => station.state === 'amber');
  return {
    host: input.host,
    state: worst(stations.map(station => station.state)),
    stations,
    edges: edgesOf(input, stations),
    first: stop?.cause ? { station: stop.station, cause: stop.cause } : null,
    elsewhere: placed.filter(({ station }) => station === undefined).length,
  };
}

function stationFrom(input: PathInput, name: StationName, provider: string, checks: readonly PathCheck[]): PathStation {
  const worstFirst = sorted(checks);
  const state = worst(checks.map(check => check.state));
  return {
    station: name,
    ...wordsOf(input, name, provider),
    state,
    settings: stationSettings(input.configuration, input.host, settingsOf(input), name),
    checks: worstFirst,
    cause: state === 'red' || state === 'amber' ? worstFirst[0]! : null,
  };
}

function wordsOf({ host, login }: PathInput, station: StationName, provider: string): { title: string; does: string } {
  const asks = login.kind !== 'other';
  return {
    user: { title: 'User', does: `opens https://${host} and types a name and a password` },
    web: { title: 'Web server', does: 'serves Jitsi Meet and hands BOSH and WebSocket on to Prosody' },
    prosody: { title: 'Prosody', does: `takes the connection for the host ${host} and offers ways to log in` },
    module: {
      title: provider === '?' ? 'Provider' : `mod_auth_${provider}`,
      does: asks
        ? 'looks the name up in the directory and tries the password there'
        : 'decides who may log in, without a directory',
    },
    directory: {
      title: 'Directory',
      does: asks ? 'finds the entry of the user and checks the password' : 'is not asked by this provider',
    },
    answer: { title: 'Answer', does: 'what the user sees' },
  }[station];
}

/** What comes out, from a rehearsal, or as far as the stations before tell. */
function answerCheck({ rehearsal, login, steps }: PathInput, before: readonly PathStation[]): PathCheck {
  if (rehearsal) return rehearsalCheck(rehearsal);
  const stop = before.find(station => station.state === 'red');
  if (stop?.cause) return { ...stop.cause, text: `logins go wrong at ${stop.title}`, why: stop.cause.text, rule: null };
  if (login.kind === 'other') return notLooked(`what mod_auth_${login.provider} says to a user is not looked at`);
  if (login.kind === 'unknown') return notLooked(`not to be told: ${login.reason}`);
  if (!steps) return notLooked('not to be told: the directory was not asked');
  const doubt = before.find(station => station.state === 'amber');
  if (doubt?.cause)
    return { ...doubt.cause, text: `who is let in is in doubt: see ${doubt.title}`, why: doubt.cause.text, rule: null };
  return good('who types the right name and password is let in');
}

function edgesOf(input: PathInput, stations: readonly PathStation[]): PathEdge[] {
  const settings = settingsOf(input);
  const labels: Readonly<Record<string, string>> = {
    user: 'HTTPS',
    web: webWays(input).join(', ') || 'XMPP',
    prosody: settings ? 'SASL PLAIN' : 'SASL',
    module: settings ? transportOf(settings) : '',
    directory: '',
  };
  return stations.slice(1).map((to, index) => {
    const from = stations[index]!;
    return { from: from.station, to: to.station, label: labels[from.station] ?? '', state: edgeState(from, to) };
  });
}

/** Nothing goes on from where a login stops. */
function edgeState(from: PathStation, to: PathStation): PathState {
  return from.state === 'red' ? 'grey' : to.state;
}
