import {
  type Configuration,
  type FileSystem,
  type LoginPath,
  lineIndex,
  type Origin,
  type PathCheck,
  type PathState,
  type PathStation,
  type Placed,
  positionAt,
  type Secrets,
} from '@prosodist/core';
import { shownPath, visible } from '../visible.js';

/** A picture with every text ready to be shown: without secrets, safe for terminals, places as FILE:LINE. */
export interface Diagnosis {
  readonly host: string;
  readonly state: PathState;
  readonly stations: readonly ShownStation[];
  /** What goes over each edge, from the first station to the last. */
  readonly edges: readonly { readonly label: string; readonly state: PathState }[];
  readonly first: { readonly title: string; readonly cause: ShownCheck } | null;
  readonly elsewhere: number;
}

export interface ShownStation {
  readonly station: PathStation['station'];
  readonly title: string;
  readonly does: string;
  readonly state: PathState;
  readonly settings: readonly { readonly name: string; readonly value: string; readonly at: string | null }[];
  readonly checks: readonly ShownCheck[];
}

export interface ShownCheck {
  readonly state: PathState;
  readonly text: string;
  readonly why: string | null;
  readonly help: string | null;
  readonly log: string | null;
  readonly at: string | null;
  readonly rule: string | null;
}

/** What a rule says that changes nothing: something could be better. */
export function isRemark({ rule, state }: ShownCheck): boolean {
  return rule !== null && state === 'green';
}

/** What a state is called in words: colour alone tells not everybody. */
export const STATE_WORDS: Readonly<Record<PathState, string>> = {
  green: 'good',
  amber: 'in doubt',
  red: 'broken',
  grey: 'not looked at',
};

/** A picture as it may be shown. `files` are for places in files that are no part of the configuration. */
export function shown(path: LoginPath, configuration: Configuration, files: FileSystem, secrets: Secrets): Diagnosis {
  const say = (text: string) => visible(secrets.hide(text));
  const sayOrNot = (text: string | null) => (text === null || text === '' ? null : say(text));
  const at = (origin: Origin | null) => (origin ? say(placeText(configuration, files, origin)) : null);
  const check = (each: PathCheck): ShownCheck => ({
    state: each.state,
    text: say(each.text),
    why: sayOrNot(each.why),
    help: sayOrNot(each.help),
    log: sayOrNot(each.log),
    at: at(each.at),
    rule: each.rule,
  });
  const setting = ({ name, value, origin }: Placed<string>) => ({ name: say(name), value: say(value), at: at(origin) });
  const stations = path.stations.map(station => ({
    station: station.station,
    title: say(station.title),
    does: say(station.does),
    state: station.state,
    settings: station.settings.map(setting),
    checks: station.checks.map(check),
  }));
  const stop = path.first && stations.find(({ station }) => station === path.first!.station);
  return {
    host: say(path.host),
    state: path.state,
    stations,
    edges: path.edges.map(({ label, state }) => ({ label: say(label), state })),
    first: path.first && stop ? { title: stop.title, cause: check(path.first.cause) } : null,
    elsewhere: path.elsewhere,
  };
}

function placeText({ documents }: Configuration, files: FileSystem, { file, start }: Origin): string {
  const document = documents.get(file);
  const read = document ? undefined : files.readFile(file);
  const lines = document?.lines ?? (read?.ok ? lineIndex(read.text) : undefined);
  return lines ? `${shownPath(file)}:${positionAt(lines, start).line}` : shownPath(file);
}
