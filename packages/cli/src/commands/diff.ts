import {
  type Configuration,
  compare,
  compareModules,
  GLOBAL,
  type Json,
  load,
  type ModulesChange,
  type Option,
  type OptionChange,
  type Section,
  type SectionChange,
  toJson,
} from '@prosodist/core';
import { type Context, contextOf, type GlobalOptions, openRevision, openTarget } from '../context.js';
import { modulesChangeJson, modulesChangeText } from '../diff-modules.js';
import type { Io } from '../io.js';
import { luaText } from '../lua-text.js';
import { place } from '../origins.js';
import { shownJson } from '../sections.js';
import { CommandError, STATUS } from '../status.js';
import { shownPath, visible } from '../visible.js';

/**
 * `prosodist diff A B`: what changes for Prosody between two trees, host by host, option by option and module by module, with
 * the lines that cause it. Either may be `REVISION:PATH`, a tree as a git revision has it. Statuses: 0 nothing changes, 1 something does,
 * 2 wrong use or a tree that Prosody would refuse.
 */
export async function diff(io: Io, [first, second]: readonly string[], options: GlobalOptions): Promise<number> {
  const context = contextOf(io, options);
  const before = read(context, first);
  const after = read(context, second);
  const changes = compare(before, after);
  const modules = compareModules(before, after);
  if (context.json) {
    const json = {
      changes: changes.map(change => asJson(context, before, after, change)),
      modules: modules.map(change => modulesChangeJson(context, before, after, change)),
    };
    io.stdout.write(`${toJson(json, 2)}\n`);
  } else print(context, before, after, changes, modules);
  return changes.length === 0 ? STATUS.ok : STATUS.findings;
}

function read(context: Context, path: string | undefined): Configuration {
  const target = openRevision(context, path) ?? openTarget(context, path);
  const configuration = load(target.files, target.entry, { prosody: context.prosody });
  context.secrets.learn(configuration);
  const problem = configuration.errors[0]?.text ?? configuration.stopped?.reason;
  if (problem === undefined) return configuration;
  throw new CommandError(
    `Prosody would not load ${visible(path ?? target.entry)}: ${visible(context.secrets.hide(shownPath(problem)))}`,
  );
}

function asJson(context: Context, before: Configuration, after: Configuration, { scope, kind, options }: SectionChange): Json {
  const side = (configuration: Configuration, name: string, option: Option | null): Json => {
    if (!option) return null;
    const { file } = option.setting.origin;
    const { line } = place(configuration, option.setting.origin);
    return { value: shownJson(option.value, name, context.secrets), file: shownPath(file), line };
  };
  const changed = options.map(option => ({
    name: option.name,
    kind: option.kind,
    before: side(before, option.name, option.before),
    after: side(after, option.name, option.after),
    reaches: option.reaches,
  }));
  return { section: scope, kind, options: changed };
}

function print(
  context: Context,
  before: Configuration,
  after: Configuration,
  changes: readonly SectionChange[],
  modules: readonly ModulesChange[],
): void {
  if (changes.length === 0) context.note('nothing changes for Prosody');
  const scopes = new Set([...changes.map(({ scope }) => scope), ...modules.map(({ host }) => host)]);
  const blocks = [...scopes].sort(byScope).map(scope => {
    const change = changes.find(one => one.scope === scope);
    const loaded = modules.find(one => one.host === scope);
    // a host that only the global section changes has no change of its own
    const section = after.sections.get(scope) ?? before.sections.get(scope) ?? null;
    const heading = headingOf(scope, change?.kind ?? 'changed', section);
    const options = change?.options.filter(isSaid).flatMap(option => optionLines(context, before, after, option)) ?? [];
    const lines = loaded ? modulesChangeText(context, before, after, loaded) : [];
    return [context.colours.bold(visible(heading)), ...options, ...lines].join('\n');
  });
  if (blocks.length > 0) context.io.stdout.write(`${blocks.join('\n\n')}\n`);
}

/** The global section first, then by name. */
function byScope(a: string, b: string): number {
  return a === GLOBAL ? -1 : b === GLOBAL ? 1 : a < b ? -1 : 1;
}

/** What `VirtualHost` and `Component` set by themselves is in the heading. */
function isSaid({ name, before, after }: OptionChange): boolean {
  return name === 'component_module' || (after ?? before)?.setting.form !== 'opening';
}

function headingOf(scope: string, kind: SectionChange['kind'], section: Section | null): string {
  const name =
    section?.kind === 'global' ? 'Global section' : `${section?.kind === 'component' ? 'Component' : 'VirtualHost'} "${scope}"`;
  return kind === 'changed' ? name : `${name} (${kind})`;
}

const SIGNS = { added: '+', removed: '-', changed: '~', uncertain: '?' } as const;

function optionLines(context: Context, before: Configuration, after: Configuration, change: OptionChange): string[] {
  const { colours, secrets, width } = context;
  const shown = (option: Option | null) =>
    option ? luaText(shownJson(option.value, change.name, secrets), Math.max(24, width - 12), 8) : null;
  const at = (configuration: Configuration, option: Option | null) => {
    if (!option) return '';
    return colours.dim(
      `  -- ${visible(shownPath(option.setting.origin.file))}:${place(configuration, option.setting.origin).line}`,
    );
  };
  const head = `  ${SIGNS[change.kind]} ${visible(change.name)}`;
  const lines = [
    change.before ? `      ${colours.red('was')} ${shown(change.before)}${at(before, change.before)}` : null,
    change.after ? `      ${colours.green('now')} ${shown(change.after)}${at(after, change.after)}` : null,
    change.reaches.length > 0 ? colours.dim(`      in ${change.reaches.map(visible).join(', ')}`) : null,
  ];
  return [colours.cyan(head), ...lines.filter(line => line !== null)];
}
