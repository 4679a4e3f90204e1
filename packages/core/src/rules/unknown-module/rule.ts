import { GLOBAL, type LoadedModule, listEntries, loadedModules, type Origin, type Setting } from '../../evaluate/index.js';
import type { Fix, Severity } from '../finding.js';
import type { Rule, RuleContext } from '../rule.js';
import { isMachine, meantModules, type PluginPaths, pluginPaths, presenceOf } from '../support/installed.js';
import { textOf } from '../support/ldap-table.js';
import { literalOf, replacement } from '../support/source.js';
import { listWords } from '../support/words.js';

export const unknownModule: Rule = {
  name: 'unknown-module',
  severity: 'warning',
  summary: 'A module of this name is neither part of Prosody nor of a known collection.',
  fixable: 'sometimes',
  source:
    'core/modulemanager.lua: a module that is not found is logged and left out; core/pluginloader.lua: where they are looked for',
  since: '0.1.0',
  reach: 'section',
  check: {
    configuration(context) {
      const paths = pluginPaths(context);
      const known = new Map<string, boolean>();
      const isKnown = (name: string) => {
        const answer = known.get(name) ?? isBlameless(context, paths, name);
        known.set(name, answer);
        return answer;
      };
      for (const named of namedModules(context)) if (!isKnown(named.name)) reportUnknown(context, paths, named);
    },
  },
};

interface Named {
  readonly name: string;
  readonly option: string;
  readonly at: Origin;
}

/** Modules that Prosody once had. */
const GONE: Readonly<Record<string, string>> = {
  compression: 'Remove it: compressed streams were given up in Prosody 0.10 for the sake of security.',
  console: 'Use "admin_shell" (prosodyctl shell).',
  privacy: 'Use "blocklist", which took its place in Prosody 0.10.',
};

/** Every name that is loaded, or that `modules_disabled` would keep away. */
function namedModules(context: RuleContext): Named[] {
  const { configuration } = context;
  const loaded: Named[] = [];
  // hosts share what the global lists give them
  const seen = new Set<LoadedModule>();
  for (const { modules } of loadedModules(configuration))
    for (const module of modules) {
      const { name, role, sources } = module;
      if (seen.has(module) || (role !== 'module' && role !== 'component')) continue;
      seen.add(module);
      for (const source of sources) if (source.kind === 'option') loaded.push({ name, option: source.option, at: source.origin });
    }
  const disabled = [...configuration.sections.values()].flatMap(section => {
    const option = section.options.get('modules_disabled');
    return option ? inList(option.setting, option.value) : [];
  });
  // a host is needed for a module to be loaded; without one the global list is still worth a look
  const unused = configuration.sections.size > 1 ? [] : globalList(context);
  return [...loaded, ...disabled, ...unused];
}

function globalList(context: RuleContext): Named[] {
  const option = context.configuration.sections.get(GLOBAL)?.options.get('modules_enabled');
  return option ? inList(option.setting, option.value) : [];
}

function inList(setting: Setting, value: Setting['value']): Named[] {
  if (value.kind !== 'table') return [];
  return listEntries(value).flatMap(entry => {
    const name = textOf(entry.value);
    const at = entry.origin ?? entry.value.origin ?? setting.valueOrigin;
    return name === undefined ? [] : [{ name, option: setting.name, at }];
  });
}

/** Whether a place is the name's literal and can be rewritten. */
function isName({ configuration }: RuleContext, at: Origin, name: string): boolean {
  return literalOf(configuration, { kind: 'string', value: name, origin: at }) !== undefined;
}

/** Whether there is nothing to say about a name: it is known, or a prefix or a number, which are other mistakes and told as that. */
function isBlameless(context: RuleContext, paths: PluginPaths, name: string): boolean {
  if (name === '' || /^(?:\d|(?:mod|auth|storage|authz)_)/.test(name)) return true;
  return presenceOf(context, paths, name).kind === 'known';
}

function reportUnknown(context: RuleContext, paths: PluginPaths, { name, option, at }: Named): void {
  const presence = presenceOf(context, paths, name);
  if (presence.kind === 'known') return;
  const isComponent = option === 'component_module';
  const { nearest, near } = meantModules(name, context.version);
  const isDisabled = option === 'modules_disabled';
  const gone = GONE[name];
  if (gone) {
    context.report({
      message: `\`${name}\` is no module of Prosody any more`,
      why: 'Prosody logs "Unable to load module" and goes on without it.',
      help: gone,
      at,
    });
    return;
  }
  // what is near to nothing may be a module of one's own, unless all the places are known
  if (near.length === 0 && presence.kind === 'unknown' && (!presence.looked || !context.complete)) return;
  const words = near.map(module => `\`${module}\``);
  // what came with a later version was mostly in the collection before
  const sure = presence.kind === 'unknown' && near.length > 0;
  context.report({
    // without the machine's own modules at hand it may be one of one's own
    severity: severityOf(isComponent && !isDisabled && isMachine(context.files), sure),
    message:
      presence.kind === 'other version'
        ? `\`${name}\` is a module of Prosody ${presence.version}, which ${context.version} does not have`
        : `\`${name}\` is no module of Prosody or a known collection${words.length > 0 ? `; did you mean ${listWords(words, 'or')}?` : ''}`,
    why: isDisabled
      ? 'Nothing of this name would be loaded, so nothing is kept away.'
      : isComponent
        ? 'Prosody logs "Unable to load module" and goes on: the component has its name and does nothing. `prosodyctl check` does not look at components.'
        : 'Where Prosody does not find it, it logs "Unable to load module" and goes on without it; `prosodyctl check config` of 0.12 says nothing.',
    help: `Correct the name, or install the module in a folder of \`plugin_paths\`. If it is one of your own that is installed, ignore this.`,
    at,
    fix: nearest !== undefined && presence.kind === 'unknown' && isName(context, at, name) ? renamed(at, nearest) : null,
  });
}

function severityOf(isDead: boolean, sure: boolean): Severity {
  if (!sure) return 'info';
  return isDead ? 'error' : 'warning';
}

function renamed(at: Origin, name: string): Fix {
  return replacement(`Rename to "${name}"`, 'unsafe', at, `"${name}"`);
}
