import { loginOf, loginPath, mechanismsOffered, type Origin, type PathCheck } from '@prosodist/core';
import { type Tree, withoutSecretValues } from '@prosodist/language-service';
import type { ShownCheck, ShownLogin } from '../protocol.js';
import { findingsIn, placeOf } from './judged.js';

/**
 * The way of a login at a host, as far as the configuration tells: no machine is looked at, no directory asked. What is offered
 * is what a web page gets whose server speaks plain HTTP to Prosody, as Jitsi's nginx does.
 */
export function shownLogin(tree: Tree, host: string): ShownLogin {
  const { configuration } = tree.result;
  const login = loginOf(configuration, host);
  const offers = (['bosh', 'websocket'] as const).map(transport =>
    mechanismsOffered(configuration, login, { transport, secure: false }, null),
  );
  const offered = offers.find(({ kind }) => kind === 'offer') ?? null;
  const path = loginPath({
    configuration,
    host,
    findings: findingsIn(tree),
    login,
    offered,
    machine: null,
    steps: null,
    rehearsal: null,
  });
  const at = (origin: Origin | null) => (origin ? placeOf(tree, origin) : null);
  const say = (text: string) => withoutSecretValues(text, configuration);
  const sayOrNot = (text: string | null) => (text === null || text === '' ? null : say(text));
  const check = ({ state, text, why, help, log, at: place, rule }: PathCheck): ShownCheck => ({
    state,
    text: say(text),
    why: sayOrNot(why),
    help: sayOrNot(help),
    log: sayOrNot(log),
    at: at(place),
    rule,
  });
  const stop = path.first && path.stations.find(({ station }) => station === path.first?.station);
  return {
    host: path.host,
    state: path.state,
    edges: path.edges,
    elsewhere: path.elsewhere,
    stations: path.stations.map(({ station, title, does, state, settings, checks }) => ({
      station,
      title,
      does,
      state,
      settings: settings.map(({ name, value, origin }) => ({ name, value: say(value), at: at(origin) })),
      checks: checks.map(check),
    })),
    first: path.first && stop ? { title: stop.title, text: say(path.first.cause.text) } : null,
  };
}
