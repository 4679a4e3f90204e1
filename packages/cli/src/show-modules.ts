// `prosodist show --modules`: the modules of each host, and what enables them.
import { type Configuration, type HostModules, type Json, loadedModules, type UnreadEntry } from '@prosodist/core';
import type { Context } from './context.js';
import { moduleName, sourceJson, sourcesText, sourceText } from './module-sources.js';
import { sectionNamed } from './sections.js';
import { visible, widthOf } from './visible.js';

/**
 * The hosts and components to show.
 * @throws CommandError when there is no such host
 */
export function modulesToShow(configuration: Configuration, { host }: { host?: string }): readonly HostModules[] {
  const all = loadedModules(configuration);
  if (host === undefined) return all;
  const { name } = sectionNamed(configuration, host);
  return all.filter(modules => modules.host === name);
}

export function modulesJson({ secrets }: Context, configuration: Configuration, hosts: readonly HostModules[]): Json {
  const source = sourceJson.bind(null, configuration);
  const plain = (name: string) => secrets.hideCertain(name);
  const entries = hosts.map(({ host, kind, enabled, failure, doubt, ...lists }): [string, Json] => [
    host,
    {
      kind,
      enabled,
      modules: lists.modules.map(({ name, role, sources }) => ({ name: plain(name), role, sources: sources.map(source) })),
      disabled: lists.disabled.map(({ name, sources, by }) => ({
        name: plain(name),
        sources: sources.map(source),
        by: source(by),
      })),
      unknown: lists.unknown.map(module => ({
        name: module.name === null ? null : plain(module.name),
        role: module.role,
        reason: secrets.hide(module.reason),
        source: module.source && source(module.source),
      })),
      unread: lists.unread.map(entry => ({
        name: entry.name === null ? null : plain(entry.name),
        reason: entry.reason,
        source: source(entry.source),
      })),
      failure,
      doubt: doubt === null ? null : secrets.hide(doubt),
    },
  ]);
  return Object.fromEntries(entries);
}

/** One line: a name and what is to be said of it. */
type Row = readonly [name: string, said: string];

export function modulesText(context: Context, configuration: Configuration, host: HostModules): string {
  const { colours, secrets } = context;
  const say = (text: string) => visible(secrets.hide(text));
  const called = (text: string) => moduleName(text, secrets);
  const module = host.modules.find(({ role }) => role === 'component')?.name;
  const name = host.kind === 'host' ? `VirtualHost ${JSON.stringify(host.host)}` : `Component ${JSON.stringify(host.host)}`;
  // as in `show`: a component's heading names its module
  const full = say(name) + (module === undefined ? '' : ` "${called(module)}"`);
  const heading = colours.bold(host.doubt === null ? full : `${full} (if at all: ${say(host.doubt)})`);
  if (host.enabled === false) {
    const by = host.enabledBy ? colours.dim(`  -- ${sourceText(configuration, host.enabledBy)}`) : '';
    return `${heading}\n    disabled: nothing is loaded${by}`;
  }
  if (host.failure !== null) return `${heading}\n    ${colours.red(`Prosody does not start with this: ${say(host.failure)}`)}`;
  const loaded = host.modules.map(({ name, sources }): Row => [name, sourcesText(configuration, sources)]);
  const blocks: (readonly [title: string | null, rows: readonly Row[]])[] = [
    [null, loaded],
    ['not loaded', disabledRows(configuration, host)],
    [
      'not read',
      host.unread.map((entry): Row => [entry.name ?? '?', `${UNREAD[entry.reason]}, ${sourceText(configuration, entry.source)}`]),
    ],
    ['not known', unknownRows(configuration, host)],
  ];
  const shown = blocks.filter(([, rows]) => rows.length > 0);
  const pad = Math.min(32, Math.max(0, ...shown.flatMap(([, rows]) => rows.map(([module]) => widthOf(called(module))))));
  const lines = shown.flatMap(([title, rows]) => [
    ...(title === null ? [] : [`  ${title}`]),
    ...rows.map(([module, said]) => `    ${colours.cyan(padded(called(module), pad))}  ${colours.dim(`-- ${say(said)}`)}`),
  ]);
  return [heading, ...lines].join('\n');
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

const UNREAD: Readonly<Record<UnreadEntry['reason'], string>> = {
  'behind a gap': 'behind a gap, where the list ends for Prosody',
  'has a key': 'has a key, so it is no part of the list',
  'not a list': 'a text alone is no list',
  'not a name': 'no name of a module',
};

function disabledRows(configuration: Configuration, { disabled }: HostModules): Row[] {
  return disabled.map(({ name, by }) => {
    const line = sourceText(configuration, by);
    return [name, by.option === 'modules_disabled' ? line : `vcard_legacy replaces it, ${line}`];
  });
}

function unknownRows(configuration: Configuration, { enabled, enabledBy, unknown }: HostModules): Row[] {
  const rows = unknown.map(({ name, reason, source }): Row => {
    const said = source ? `${reason}; ${sourceText(configuration, source)}` : reason;
    return [name ?? 'others', said];
  });
  const whether = enabledBy ? sourceText(configuration, enabledBy) : 'whether it is enabled';
  return enabled === null ? [['all of these', whether], ...rows] : rows;
}
