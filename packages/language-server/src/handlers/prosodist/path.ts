import {
  DIRECTORY_WAYS,
  hosts,
  type LoginPath,
  loginHosts,
  loginOf,
  loginPath,
  mechanismsOffered,
  type PathCheck,
} from '@prosodist/core';
import { withoutSecretValues } from '@prosodist/language-service';
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { Server } from '../../context.js';
import type { Watcher } from '../../live/types.js';
import type { Place } from '../../state/trees.js';
import { placeView } from './places.js';
import type { CheckView, PathAsked, PathView } from './protocol.js';

/** The way of a login at a host, from the configuration, the machine and, where it is asked for, the directory. */
export async function pathOf(
  { environment, settings }: Server,
  { tree }: Place,
  asked: PathAsked,
  watcher: Watcher,
): Promise<PathView> {
  const { configuration, findings } = tree.result;
  const names = [...new Set([...loginHosts(configuration), ...hosts(configuration).map(({ name }) => name)])];
  const host = asked.host ?? names.find(name => DIRECTORY_WAYS.has(loginOf(configuration, name).provider ?? '')) ?? names[0];
  if (host === undefined && configuration.ok)
    throw new ResponseError(LSPErrorCodes.RequestFailed, 'No virtual host is defined here, so nobody can log in.');
  const { directory = false, user, password } = asked;
  const allowPlaintext = asked.allowPlaintext ?? (await settings.of(asked.textDocument.uri)).allowPlaintext;
  const about = { configuration, files: tree.files, entry: tree.entry, host: host ?? '?', findings };
  const path = environment.live
    ? await environment.live.examine({ ...about, directory, user, password, allowPlaintext }, watcher)
    : fromConfiguration(about);
  return view(tree, path, names, { directory, user: directory ? (user ?? null) : null }, password);
}

/** What the configuration alone tells. */
function fromConfiguration({
  configuration,
  host,
  findings,
}: Pick<Parameters<typeof loginPath>[0], 'configuration' | 'host' | 'findings'>) {
  const login = loginOf(configuration, host);
  const offered = mechanismsOffered(configuration, login, { transport: 'bosh', secure: false });
  return loginPath({ configuration, host, findings, login, offered, machine: null, steps: null, rehearsal: null });
}

function view(
  tree: Place['tree'],
  path: LoginPath,
  names: readonly string[],
  looked: PathView['looked'],
  password: string | undefined,
): PathView {
  const { configuration } = tree.result;
  const typed = password === undefined ? [] : [password];
  const say = (text: string) => withoutSecretValues(text, configuration, typed);
  const sayOrNot = (text: string | null) => (text === null || text === '' ? null : say(text));
  const check = ({ state, text, why, help, log, at, rule }: PathCheck): CheckView => ({
    state,
    text: say(text),
    why: sayOrNot(why),
    help: sayOrNot(help),
    log: sayOrNot(log),
    rule,
    at: placeView(tree, at),
  });
  const stop = path.first && path.stations.find(({ station }) => station === path.first!.station);
  return {
    host: path.host,
    hosts: names,
    state: path.state,
    stations: path.stations.map(({ station, title, does, state, settings, checks }) => ({
      station,
      title,
      does,
      state,
      settings: settings.map(({ name, value, origin }) => ({ name, value: say(value), at: placeView(tree, origin) })),
      checks: checks.map(check),
    })),
    edges: path.edges.map(({ label, state }) => ({ label, state })),
    first: path.first && stop ? { title: stop.title, text: say(path.first.cause.text) } : null,
    elsewhere: path.elsewhere,
    looked,
  };
}
