import { findModule, findOption, type OptionInfo, type ProsodyVersion } from '../../catalog/index.js';
import { GLOBAL, type HostModules, hostModulesOf, type Setting } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { factOf } from '../support/facts.js';
import { listWords, sectionWords } from '../support/words.js';

export const unreadOption: Rule = {
  name: 'unread-option',
  severity: 'info',
  summary: 'A host or component sets an option, but has none of the modules that read it.',
  fixable: 'never',
  source: 'the catalogue: which modules read which option; core/modulemanager.lua: which modules are loaded where',
  since: '0.1.0',
  check: {
    configuration(context) {
      if (!context.complete || !context.configuration.ok) return;
      // the global section may have what waits for a module that is switched off now: Debian's own does
      const sections = [...context.configuration.sections.values()].filter(({ name }) => name !== GLOBAL);
      // a module that nobody knows may read anything
      if (sections.some(({ name }) => factOf(context, name, readersIn) === null)) return;
      const unread = sections.filter(({ name }) => factOf(context, name, unreadIn).length > 0);
      if (unread.length === 0) return;
      const all = new Set(sections.flatMap(({ name }) => [...factOf(context, name, readersIn)!]));
      for (const section of unread)
        for (const name of factOf(context, section.name, unreadIn)) judge(context, section.options.get(name)!.setting, all);
    },
  },
};

/** Rules of their own tell more of these. */
const ELSEWHERE = new Set([
  'c2s_require_encryption',
  'disco_items',
  'http_external_url',
  'require_encryption',
  's2s_require_encryption',
]);

/** The modules of a host with those that they load by themselves; null where there may be others. */
function readersIn({ configuration, version }: RuleContext, host: string): ReadonlySet<string> | null {
  const found = hostModulesOf(configuration, host)!;
  return isOpen(found, version) ? null : allModules(found, version);
}

/** The options of a host that no module of it reads. */
function unreadIn(context: RuleContext, host: string): readonly string[] {
  const modules = readersIn(context, host);
  const { options } = context.configuration.sections.get(host)!;
  return [...options.values()].flatMap(({ setting: { name, form } }) => {
    const readers = form === 'opening' ? undefined : readersOf(name, context.version);
    return readers && !readers.some(module => modules?.has(module)) ? [name] : [];
  });
}

/** Whether a host has modules that are not known, or whose options are not. */
function isOpen({ modules, unknown, failure, doubt }: HostModules, version: ProsodyVersion): boolean {
  return unknown.length > 0 || failure !== null || doubt !== null || modules.some(({ name }) => !findModule(name, version));
}

/** The modules of a host with those that they load by themselves. */
function allModules({ modules }: HostModules, version: ProsodyVersion): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    for (const other of findModule(name, version)?.depends ?? []) add(other);
  };
  for (const { name } of modules) add(name);
  return found;
}

/** The modules that may read an option of a host, where they are known and nothing else tells of it. */
function readersOf(name: string, version: ProsodyVersion): readonly string[] | undefined {
  const option = findOption(name, version);
  // where nobody reads it, it is misplaced and told as that
  return !option || option.scope === 'global' || ELSEWHERE.has(name) ? undefined : exactReaders(option, version);
}

function judge(context: RuleContext, setting: Setting, all: ReadonlySet<string>): void {
  const readers = readersOf(setting.name, context.version)!;
  // a global module reads it where it runs, which is everywhere
  if (readers.some(module => all.has(module) && findModule(module, context.version)?.global)) return;
  const names = readers.map(module => `mod_${module}`);
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  context.report({
    message: `nothing that is loaded in ${sectionWords(setting.scope)} reads \`${setting.name}\``,
    why: `${names.length === 1 ? 'Only ' : ''}${listWords(shown)} ${names.length === 1 ? 'reads' : 'read'} it, and ${names.length === 1 ? 'it is' : 'they are'} not loaded there. The option has no effect.`,
    help: 'Load the module, move the option to where it is loaded, or remove it.',
    at: setting.nameOrigin,
  });
}

/** The modules that read an option, where all are known to be modules; the server itself reads at any time. */
function exactReaders(
  { readers, obsolete, deprecated, source, type }: OptionInfo,
  version: ProsodyVersion,
): string[] | undefined {
  if (obsolete || deprecated || source === 'core' || readers.length === 0 || type === 'ssl') return undefined;
  // of Jitsi's modules not all are known, nor all that they read through their common library
  if (readers.some(reader => reader.source === 'jitsi')) return undefined;
  const modules = [...new Set(readers.map(({ module }) => module))];
  if (modules.some(module => /^(?:util\.prosodyctl)/.test(module)) && modules.length === 1) return undefined;
  const own = modules.filter(module => !/^util\.prosodyctl|^prosodyctl/.test(module));
  return own.every(module => !module.includes('.') && findModule(module, version)) ? own : undefined;
}
