import type { Origin } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { moduleEntries } from '../support/module-entries.js';
import { literalOf, replacement, sourceOf } from '../support/source.js';

export const modulePrefix: Rule = {
  name: 'module-prefix',
  severity: 'warning',
  summary: 'A module is named with the `mod_` of its file, so that Prosody does not find it.',
  fixable: 'sometimes',
  source: 'util/prosodyctl/check.lua: "Modules in modules_enabled should not have the \'mod_\' prefix"; core/pluginloader.lua',
  since: '0.1.0',
  reach: 'section',
  check: {
    configuration(context) {
      for (const { name, at, setting, isLiteral } of moduleEntries(context, ['modules_enabled', 'modules_disabled']))
        if (name.startsWith('mod_')) {
          const isEnabled = setting.name === 'modules_enabled';
          report(context, name, at, isLiteral(), isEnabled ? 'is not loaded' : 'is loaded all the same');
        }
    },
    opening(context, { module }) {
      if (!module?.name.startsWith('mod_')) return;
      const value = { kind: 'string', value: module.name, origin: module.origin } as const;
      const literal = literalOf(context.configuration, value) !== undefined;
      report(context, module.name, module.origin, literal, 'is not loaded, and the component does nothing');
    },
  },
};

function report(context: RuleContext, name: string, at: Origin, literal: boolean, effect: string): void {
  const meant = name.slice('mod_'.length);
  const start = at.start + sourceOf(context.configuration, at).indexOf('mod_');
  context.report({
    message: `"${name}" is the name of a file; the module is called "${meant}"`,
    why: `Prosody looks for mod_${name}.lua and does not find it: mod_${meant} ${effect}.`,
    help: `Write "${meant}".`,
    at,
    fix: literal ? replacement(`Write "${meant}"`, 'safe', { file: at.file, start, end: start + 'mod_'.length }, '') : null,
  });
}
