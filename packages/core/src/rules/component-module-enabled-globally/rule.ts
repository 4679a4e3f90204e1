import { components, GLOBAL, hosts } from '../../evaluate/index.js';
import { editsOnly } from '../../patch/change.js';
import type { Rule } from '../rule.js';
import { hasModule } from '../support/host-modules.js';
import { withoutEntry } from '../support/list-entry.js';
import { entriesOf, isOnHere } from '../support/module-entries.js';
import { sectionsAsRelated } from '../support/section-place.js';
import { moduleOf } from '../support/sections.js';

export const componentModuleEnabledGlobally: Rule = {
  name: 'component-module-enabled-globally',
  severity: 'warning',
  summary: 'The module of a component is in the global `modules_enabled` too, so every virtual host loads it.',
  fixable: 'sometimes',
  source:
    'util/prosodyctl/check.lua: "is enabled both in modules_enabled and as Component"; core/modulemanager.lua: get_modules_for_host',
  since: '0.1.0',
  check: {
    configuration(context) {
      const { configuration } = context;
      const global = configuration.sections.get(GLOBAL);
      const served = components(configuration).filter(component => isOnHere(context, component));
      for (const { name, at } of global ? entriesOf(context, global, 'modules_enabled') : []) {
        const same = served.filter(component => moduleOf(component) === name);
        if (same.length === 0) continue;
        const host = hosts(configuration).find(({ name: scope }) => hasModule(context, scope, name) === true);
        if (!host) continue;
        const edit = withoutEntry(configuration, at);
        context.report({
          message: `mod_${name} serves \`${same[0]!.name}\`, and is loaded for every virtual host too`,
          why: `\`${host.name}\` offers the service under its own name too, beside its users: clients find it twice, and chat rooms get in the way of what is sent to the host.`,
          help: 'Remove it from the global list; a component loads its module by itself.',
          at,
          related: sectionsAsRelated('the component', same.slice(0, 3)),
          fix: edit ? { title: `Remove "${name}" from the list`, safety: 'unsafe', ...editsOnly([edit]) } : null,
        });
      }
    },
  },
};
