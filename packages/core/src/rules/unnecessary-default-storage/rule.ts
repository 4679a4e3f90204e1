import { GLOBAL } from '../../evaluate/index.js';
import { editsOnly } from '../../patch/change.js';
import type { Rule, RuleContext } from '../rule.js';
import { removal } from '../support/source.js';

export const unnecessaryDefaultStorage: Rule = {
  name: 'unnecessary-default-storage',
  severity: 'info',
  summary: '`default_storage` stands beside a `storage` that is one for everything, so nothing is left for the default.',
  fixable: 'sometimes',
  source: 'core/storagemanager.lua, get_driver; util/prosodyctl/check.lua: "The \'default_storage\' option is not needed"',
  since: '0.1.0',
  check: {
    configuration(context) {
      for (const section of context.configuration.sections.values()) {
        const storage = section.options.get('storage');
        const rest = section.options.get('default_storage');
        if (storage?.value.kind !== 'string' || !rest || rest.value.kind === 'nil') continue;
        if (storage.setting.doubt !== undefined || isInherited(context, section.name)) continue;
        const removed = removal(context.configuration, rest.setting);
        context.report({
          message: '`default_storage` has no effect beside a `storage` that is a text',
          why: 'The one storage has all data; the default is for what a table in `storage` does not name.',
          help: 'Remove it.',
          at: rest.setting.nameOrigin,
          related: [{ message: 'this has all data', at: storage.setting.nameOrigin }],
          fix:
            removed && context.complete
              ? { title: 'Remove `default_storage`', safety: 'safe', ...editsOnly([removed.edit]) }
              : null,
        });
      }
    },
  },
};

/** Whether a host takes the global default over: it has a `storage` of its own that is no text, and no default. */
function isInherited({ configuration, complete }: RuleContext, scope: string): boolean {
  if (scope !== GLOBAL) return false;
  return (
    !complete ||
    [...configuration.sections.values()].some(({ name, options }) => {
      const own = options.get('storage')?.value.kind;
      return name !== GLOBAL && own !== undefined && own !== 'string' && !options.has('default_storage');
    })
  );
}
