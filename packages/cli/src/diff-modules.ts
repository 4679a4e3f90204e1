// `prosodist diff`, module by module.
import type { Configuration, Json, ModuleChange, ModuleSource, ModulesChange } from '@prosodist/core';
import type { Context } from './context.js';
import { moduleName, sourceJson, sourcesText, sourceText } from './module-sources.js';
import { lineText } from './origins.js';
import { visible, wrap } from './visible.js';

export function modulesChangeJson(
  { secrets }: Context,
  before: Configuration,
  after: Configuration,
  { host, kind, modules }: ModulesChange,
): Json {
  const side = (configuration: Configuration, sources: readonly ModuleSource[] | null): Json =>
    sources?.map(source => sourceJson(configuration, source)) ?? null;
  const changed = modules.map(module => ({
    name: secrets.hideCertain(module.name),
    role: module.role,
    kind: module.kind,
    reason: module.reason === null ? null : secrets.hide(module.reason),
    before: side(before, module.before),
    after: side(after, module.after),
    disabledBy: module.disabledBy && sourceJson(lacking(before, after, module), module.disabledBy),
  }));
  return { section: host, kind, modules: changed };
}

/** The side that does not load the module. */
function lacking(before: Configuration, after: Configuration, { before: sources }: ModuleChange): Configuration {
  return sources === null ? before : after;
}

const SIGNS = { gained: '+', lost: '-', uncertain: '?' } as const;

/** The modules that one line brings or takes, together: a host that comes or goes brings all of its own. */
export function modulesChangeText(
  context: Context,
  before: Configuration,
  after: Configuration,
  change: ModulesChange,
): string[] {
  const { colours, secrets, width } = context;
  const groups = new Map<string, { kind: ModuleChange['kind']; cause: string; names: string[] }>();
  for (const module of change.modules) {
    const line = causeOf(before, after, change, module);
    const cause = module.reason === null ? line : `not known: ${visible(secrets.hide(module.reason))}; ${line}`;
    const key = `${module.kind} ${cause}`;
    const group = groups.get(key) ?? { kind: module.kind, cause, names: [] };
    groups.set(key, { ...group, names: [...group.names, moduleName(module.name, secrets)] });
  }
  return [...groups.values()].flatMap(({ kind, cause, names }) => {
    const colour = { gained: colours.green, lost: colours.red, uncertain: colours.yellow }[kind];
    const head = `  ${colour(SIGNS[kind])} ${colours.cyan(names.length === 1 ? `module ${names[0]}` : 'modules')}`;
    const rest = names.length === 1 ? [] : wrap(names.join(', '), Math.max(30, width - 6)).map(line => `      ${line}`);
    return [`${head}${colours.dim(`  -- ${cause}`)}`, ...rest];
  });
}

/** The line that makes the difference: of a host that comes or goes, the one that opens it. */
function causeOf(before: Configuration, after: Configuration, { kind, ...hosts }: ModulesChange, module: ModuleChange): string {
  const opened = kind === 'added' ? after : before;
  const opening = kind === 'changed' ? undefined : opened.sections.get((hosts.after ?? hosts.before)!.host)?.openings[0];
  if (opening) return lineText(opened, opening.origin);
  const one = (configuration: Configuration, sources: readonly ModuleSource[] | null) =>
    sources && sources.length > 0 ? sourcesText(configuration, sources) : null;
  const by = module.disabledBy && sourceText(lacking(before, after, module), module.disabledBy);
  if (module.before === null) return by === null ? (one(after, module.after) ?? '') : `no more ${by}`;
  if (module.after === null) return by ?? one(before, module.before) ?? '';
  return one(after, module.after) ?? one(before, module.before) ?? '';
}
