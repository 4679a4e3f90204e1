import { GLOBAL, type Include, type Option, type Setting } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { isOrderDependent } from '../support/order.js';
import { sectionWords } from '../support/words.js';

export const orderDependentInclude: Rule = {
  name: 'order-dependent-include',
  severity: 'warning',
  summary: 'Two files of one included folder set an option differently; which one counts depends on the file system.',
  fixable: 'never',
  source: 'core/configmanager.lua: Include reads the files in the order of lfs.dir, which is not sorted',
  since: '0.1.0',
  reach: 'section',
  check: {
    configuration(context) {
      for (const section of context.configuration.sections.values()) {
        for (const option of section.options.values()) if (isOrderDependent(option)) reportOrder(context, option);
      }
    },
  },
};

function reportOrder(context: RuleContext, { setting, overrode }: Option): void {
  const include = context.configuration.includes.find(({ files, glob }) => glob && files.includes(setting.origin.file));
  const others = lastOfEach(overrode, include, setting.origin.file);
  const [other] = others;
  if (!include || !other || isTemplate(context, [setting, ...others])) return;
  context.report({
    severity: GRAVE.has(setting.name) ? 'error' : 'warning',
    message: `${others.length + 1} files of \`${include.pattern}\` set \`${setting.name}\` differently in ${sectionWords(setting.scope)}`,
    why: 'Prosody reads the files of a folder in the order in which the file system lists them, which is neither by name nor by age: the value can be another one on the next machine.',
    help:
      setting.scope === GLOBAL
        ? 'Set it in one of the files, or in the main file behind the Include.'
        : 'Set it in one of the files.',
    at: setting.nameOrigin,
    related: others.map(earlier => ({ message: 'it is set here too', at: earlier.nameOrigin })),
  });
}

/** Of templates one may be left out when they are filled in. */
function isTemplate({ configuration }: RuleContext, settings: readonly Setting[]): boolean {
  return settings.some(({ origin }) => configuration.documents.get(origin.file)?.template !== null);
}

/** With these it is about who may log in. */
const GRAVE = new Set(['authentication', 'allow_registration', 'c2s_require_encryption', 's2s_require_encryption']);

function lastOfEach(overrode: readonly Setting[], include: Include | undefined, file: string): Setting[] {
  const found = new Map<string, Setting>();
  for (const earlier of overrode) {
    const from = earlier.origin.file;
    if (from !== file && include?.files.includes(from)) found.set(from, earlier);
  }
  return [...found.values()];
}
