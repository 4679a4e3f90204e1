import { type Configuration, findOption, type Json, load, type Origin, type Setting, toJson } from '@prosodist/core';
import { type Context, contextOf, type GlobalOptions, openTarget, type Target } from '../context.js';
import type { Io } from '../io.js';
import { luaText } from '../lua-text.js';
import { dumped, originsJson, place } from '../origins.js';
import { type ShownOption, type ShownSection, sectionsToShow } from '../sections.js';
import { filesJson, filesRead, filesText } from '../show-files.js';
import { modulesJson, modulesText, modulesToShow } from '../show-modules.js';
import { CommandError, STATUS } from '../status.js';
import { shownPath, visible } from '../visible.js';

export interface ShowOptions extends GlobalOptions {
  readonly host?: string;
  readonly option?: string;
  readonly origin?: boolean;
  readonly modules?: boolean;
  readonly files?: boolean;
}

/**
 * `prosodist show`: prints what Prosody would have in memory, or which modules it would load, or which files it reads.
 * Statuses: 0, 1 when Prosody would refuse the configuration, 2 wrong use.
 */
export async function show(io: Io, [path]: readonly string[], options: ShowOptions): Promise<number> {
  const context = contextOf(io, options);
  if (path === '-') throw new CommandError('show reads files; to look at a text on standard input, use `prosodist check -`');
  const target = openTarget(context, path);
  const configuration = load(target.files, target.entry, { prosody: context.prosody });
  context.secrets.learn(configuration);
  if (options.files) showFiles(context, target, configuration);
  else if (options.modules) showModules(context, target, configuration, options);
  else showOptions(context, target, configuration, options);
  return configuration.ok ? STATUS.ok : STATUS.findings;
}

/** The files are shown even where Prosody refuses them: that is when one wants to see them. */
function showFiles(context: Context, target: Target, configuration: Configuration): void {
  const files = filesRead(context, target, configuration);
  if (context.json) {
    writeJson(context, { ...headJson(context, configuration), ...filesJson(configuration, files) });
    return;
  }
  noteProblems(context, configuration);
  context.io.stdout.write(`${filesText(context, configuration, files)}\n`);
  noteAlone(context, target);
}

function showModules(context: Context, target: Target, configuration: Configuration, options: ShowOptions): void {
  const hosts = configuration.ok ? modulesToShow(configuration, options) : [];
  if (context.json) {
    writeJson(context, { ...headJson(context, configuration), modules: modulesJson(context, configuration, hosts) });
    return;
  }
  noteProblems(context, configuration);
  if (!configuration.ok) return;
  if (hosts.length === 0) context.note('no virtual host and no component is defined, so no module is loaded');
  else context.io.stdout.write(`${hosts.map(host => modulesText(context, configuration, host)).join('\n\n')}\n`);
  noteAlone(context, target);
}

function showOptions(context: Context, target: Target, configuration: Configuration, options: ShowOptions): void {
  const sections = configuration.ok ? sectionsToShow(configuration, options, context.secrets) : [];
  if (context.json) writeJson(context, asJson(context, configuration, sections, options));
  else print(context, target, configuration, sections, options);
}

function writeJson({ io }: Context, json: Json): void {
  io.stdout.write(`${toJson(json, 2)}\n`);
}

/** What every JSON answer starts with. */
function headJson({ secrets }: Context, configuration: Configuration): { [key: string]: Json } {
  const error = errorOf(configuration);
  return {
    ok: configuration.ok,
    error: error === null ? null : secrets.hide(error),
    warnings: configuration.warnings.map(warning => secrets.hide(shownPath(warning.text))),
    files: configuration.files.map(shownPath),
  };
}

function noteProblems(context: Context, configuration: Configuration): void {
  for (const warning of configuration.warnings) context.note(`Prosody warns: ${visible(shownPath(warning.text))}`);
  if (!configuration.ok) context.note(`Prosody would not load this: ${visible(errorOf(configuration) ?? '')}`);
}

function noteAlone({ note }: Context, { complete, entry }: Target): void {
  if (!complete) note(`${shownPath(entry)} was read alone, without the rest of its tree`);
}

/** Why Prosody refuses the configuration, in its own words; or why that cannot be said. */
function errorOf({ errors, stopped }: Configuration): string | null {
  const text = errors[0]?.text ?? stopped?.reason;
  return text === undefined ? null : shownPath(text);
}

function asJson(
  context: Context,
  configuration: Configuration,
  sections: readonly ShownSection[],
  { origin }: ShowOptions,
): Json {
  const config = sections.map(
    ({ section, options }) => [section.name, Object.fromEntries(options.map(({ name, value }) => [name, value]))] as const,
  );
  return {
    ...headJson(context, configuration),
    config: Object.fromEntries(config),
    ...(origin && { origins: originsJson(configuration, sections, context.secrets) }),
  };
}

function print(
  context: Context,
  target: Target,
  configuration: Configuration,
  sections: readonly ShownSection[],
  options: ShowOptions,
): void {
  noteProblems(context, configuration);
  if (!configuration.ok) return;
  if (sections.every(section => section.options.length === 0)) {
    context.note(options.option === undefined ? 'nothing is set' : unset(context, options.option));
    return;
  }
  const blocks = sections.map(section => sectionText(context, configuration, section, options));
  context.io.stdout.write(`${blocks.join('\n\n')}\n`);
  noteAlone(context, target);
}

function unset({ prosody }: Context, name: string): string {
  const fallback = findOption(name, prosody)?.default;
  if (!fallback) return `\`${name}\` is not set`;
  return `\`${name}\` is not set; the default is ${'literal' in fallback ? JSON.stringify(fallback.literal) : fallback.expression}`;
}

const KINDS = { global: '', host: 'VirtualHost', component: 'Component' };

function sectionText(
  context: Context,
  configuration: Configuration,
  { section, options }: ShownSection,
  { origin }: ShowOptions,
): string {
  const { colours } = context;
  // Prosody keeps what VirtualHost and Component say as options too; the heading says it
  const written = options.filter(({ option }) => option.setting.form !== 'opening');
  const module = section.openings.findLast(opening => opening.module !== null)?.module?.name;
  const name = section.kind === 'global' ? 'Global section' : `${KINDS[section.kind]} ${JSON.stringify(section.name)}`;
  const heading = colours.bold(visible(module === undefined ? name : `${name} ${JSON.stringify(module)}`));
  const width = Math.max(0, ...written.map(shown => shown.name.length));
  const lines = written.map(shown => optionText(context, configuration, shown, Math.min(width, 32), origin === true));
  return [heading, ...lines].join('\n');
}

function optionText(context: Context, configuration: Configuration, shown: ShownOption, pad: number, origin: boolean): string {
  const { colours, width } = context;
  const head = `    ${visible(shown.name).padEnd(pad)} = `;
  const value = luaText(shown.value, Math.max(24, width - head.length), 4);
  const inherited = shown.inherited && !origin ? colours.dim('  -- from the global section') : '';
  const line = `    ${colours.cyan(visible(shown.name).padEnd(pad))} = ${value}${inherited}`;
  return origin ? [line, ...originText(context, configuration, shown)].join('\n') : line;
}

function originText({ colours, secrets }: Context, configuration: Configuration, { option, inherited }: ShownOption): string[] {
  const at = (origin: Origin) => {
    const { line } = place(configuration, origin);
    return `${visible(shownPath(origin.file))}:${line}`;
  };
  const overrode = option.overrode.map((setting: Setting) => {
    const value = luaText(dumped(setting, secrets), 60);
    return `        -- overrides ${at(setting.origin)}: ${value.includes('\n') ? '{ … }' : value}`;
  });
  const from = `        -- ${at(option.setting.origin)}${inherited ? ', in the global section' : ''}`;
  return [from, ...overrode.reverse()].map(line => colours.dim(line));
}
