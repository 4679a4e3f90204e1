import { findModule, findOption, GLOBAL, loadedModules, type PatchScope, type Setting } from '@prosodist/core';
import { placesIn } from '../../names/places.js';
import { ACTION_KINDS } from './kinds.js';
import { planned, type Refactoring, type Spot } from './refactoring.js';

/** The option whose name the cursor is on. */
function optionAt({ file, offset }: Spot): Setting | undefined {
  return placesIn(file.configuration, file.path).settings.find(
    ({ form, nameOrigin }) => form === 'assignment' && nameOrigin.start <= offset && offset <= nameOrigin.end,
  );
}

const scopeOf = (kind: 'host' | 'component', name: string): PatchScope =>
  kind === 'host' ? { host: name } : { component: name };

/** "Move X to the global section", where it is set in a host and not globally. */
export const moveToGlobal: Refactoring = {
  id: 'move-to-global',
  kind: ACTION_KINDS.move,
  offers(spot) {
    const option = optionAt(spot);
    const { configuration } = spot.tree.result;
    if (!option || option.scope === GLOBAL || spot.file.configuration !== configuration) return [];
    if (['enabled', 'defined', 'component_module'].includes(option.name)) return [];
    if (configuration.sections.get(GLOBAL)?.options.has(option.name)) return [];
    return [{ title: `Move ${option.name} to the global section`, argument: JSON.stringify([option.scope, option.name]) }];
  },
  make(tree, argument) {
    const [scope, name] = pair(argument);
    const { configuration } = tree.result;
    const section = configuration.sections.get(scope);
    const set = section?.options.get(name)?.setting;
    const text = set && configuration.documents.get(set.valueOrigin.file)?.text.slice(set.valueOrigin.start, set.valueOrigin.end);
    if (!section || section.kind === 'global' || !text) return { problem: `${name} is not set in ${scope} any more` };
    return planned(tree, [
      { op: 'unset', scope: scopeOf(section.kind, scope), name },
      { op: 'set', scope: 'global', name, value: { raw: text } },
    ]);
  },
};

/** "Enable mod_X in HOST", for an option that only modules read which are not loaded there. */
export const enableModule: Refactoring = {
  id: 'enable-module',
  kind: ACTION_KINDS.rewrite,
  offers(spot) {
    const option = optionAt(spot);
    const { configuration } = spot.tree.result;
    if (!option || spot.file.configuration !== configuration) return [];
    const readers = findOption(option.name, configuration.version)?.readers ?? [];
    if (readers.some(({ source }) => source === 'core')) return [];
    const modules = [...new Set(readers.map(({ module }) => module))];
    const hosts = loadedModules(configuration).filter(({ host }) => option.scope === GLOBAL || host === option.scope);
    if (hosts.some(host => host.modules.some(({ name }) => modules.includes(name)))) return [];
    const where = option.scope === GLOBAL ? 'the global section' : option.scope;
    return modules
      .filter(name => findModule(name, configuration.version)?.kind === 'module')
      .slice(0, 3)
      .map(name => ({ title: `Enable mod_${name} in ${where}`, argument: JSON.stringify([option.scope, name]) }));
  },
  make(tree, argument) {
    const [name, module] = pair(argument);
    const section = tree.result.configuration.sections.get(name);
    const scope = name === GLOBAL || !section || section.kind === 'global' ? 'global' : scopeOf(section.kind, name);
    return planned(tree, [{ op: 'list.add', scope, name: 'modules_enabled', items: [module] }]);
  },
};

/** The argument comes back from the client: anything may be in it. */
function pair(argument: string): readonly [string, string] {
  const parsed: unknown = JSON.parse(argument);
  const [first, second] = Array.isArray(parsed) ? parsed : [];
  return [String(first), String(second)];
}
