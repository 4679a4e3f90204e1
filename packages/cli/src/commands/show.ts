import { type Configuration, findOption, type Json, load, type Origin, type Setting, toJson } from '@prosodist/core';
import { type Context, contextOf, type GlobalOptions, openTarget, type Target } from '../context.js';
import type { Io } from '../io.js';
import { luaText } from '../lua-text.js';
import { dumped, originsJson, place } from '../origins.js';
import { type ShownOption, type ShownSection, sectionsToShow } from '../sections.js';
import { CommandError, STATUS } from '../status.js';
import { shownPath, visible } from '../visible.js';

export interface ShowOptions extends GlobalOptions {
  readonly host?: string;
  readonly option?: string;
  readonly origin?: boolean;
}

/**
 * `prosodist show`: prints what Prosody would have in memory. Statuses: 0, 1 when Prosody would refuse the configuration,
 * 2 wrong use.
 */
export async function show(io: Io, [path]: readonly string[], options: ShowOptions): Promise<number> {
  const context = contextOf(io, options);
  if (path === '-') throw new CommandError('show reads files; to look at a text on standard input, use `prosodist check -`');
  const target = openTarget(context, path);
  const configuration = load(target.files, target.entry, { prosody: context.prosody });
  context.secrets.learn(configuration);
  const sections = configuration.ok ? sectionsToShow(configuration, options, context.secrets) : [];
  if (context.json) io.stdout.write(`${toJson(asJson(context, configuration, sections, options), 2)}\n`);
  else print(context, target, configuration, sections, options);
  return configuration.ok ? STATUS.ok : STATUS.findings;
}

/** Why Prosody refuses the configuration, in its own words; or why that cannot be said. */
function errorOf({ errors, stopped }: Configuration): string | null {
  const text = errors[0]?.text ?? stopped?.reason;
  return text === undefined ? null : shownPath(text);
}

function asJson(
  { secrets }: Context,
  configuration: Configuration,
  sections: readonly ShownSection[],
  { origin }: ShowOptions,
): Json {
  const error = errorOf(configuration);
  const config = sections.map(
    ({ section, options }) => [section.name, Object.fromEntries(options.map(({ name, value }) => [name, value]))] as const,
  );
  return {
    ok: configuration.ok,
    error: error === null ? null : secrets.hide(error),
    warnings: configuration.warnings.map(warning => secrets.hide(shownPath(warning.text))),
    files: configuration.files.map(shownPath),
    config: Object.fromEntries(config),
    ...(origin && { origins: originsJson(configuration, sections, secrets) }),
  };
}

function print(
  context: Context,
  target: Target,
  configuration: Configuration,
  sections: readonly ShownSection[],
  options: ShowOptions,
): void {
  for (const warning of configuration.warnings) context.note(`Prosody warns: ${visible(shownPath(warning.text))}`);
  if (!configuration.ok) {
    context.note(`Prosody would not load this: ${visible(errorOf(configuration) ?? '')}`);
    return;
  }
  if (sections.every(section => section.options.length === 0)) {
    context.note(options.option === undefined ? 'nothing is set' : unset(context, options.option));
    return;
  }
  const blocks = sections.map(section => sectionText(context, configuration, section, options));
  context.io.stdout.write(`${blocks.join('\n\n')}\n`);
  if (!target.complete) context.note(`${shownPath(target.entry)} was read alone, without the rest of its tree`);
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
