import { effective, GLOBAL, truth } from '../../evaluate/index.js';
import { editsOnly } from '../../patch/change.js';
import type { Fix } from '../finding.js';
import type { Rule, RuleContext } from '../rule.js';
import { textOf } from '../support/ldap-table.js';
import { withoutEntry } from '../support/list-entry.js';
import { type ModuleEntry, moduleEntries } from '../support/module-entries.js';
import { operationFix } from '../support/operation-fix.js';

export const providerInModules: Rule = {
  name: 'provider-in-modules',
  severity: 'warning',
  summary: 'A provider of accounts or storage is in `modules_enabled`, where it does not become the one that is used.',
  fixable: 'sometimes',
  source:
    'util/prosodyctl/check.lua: "Authentication modules should not be added to modules_enabled"; core/usermanager.lua and core/storagemanager.lua choose by option',
  since: '0.1.0',
  reach: 'section',
  check: {
    configuration(context) {
      for (const entry of moduleEntries(context, ['modules_enabled'])) {
        const [, kind, provider] = /^(auth|storage)_(.+)$/.exec(entry.name) ?? [];
        if (!provider) continue;
        const option = kind === 'auth' ? 'authentication' : 'storage';
        const used = effective(context.configuration, entry.section.name, option);
        const isUsed = textOf(used?.value) === provider;
        context.report({
          severity: isUsed ? 'info' : 'warning',
          message: isUsed
            ? `"${entry.name}" need not be in \`modules_enabled\`: \`${option}\` loads it`
            : `"${entry.name}" is a provider, which \`modules_enabled\` does not choose`,
          why: isUsed
            ? 'It is loaded twice over, and whoever changes the option later changes only half.'
            : `Prosody loads the module and uses another one: the one that \`${option}\` names${used ? '' : ', or its default'}.`,
          help: isUsed ? 'Remove it from the list.' : `Remove it from the list and write \`${option} = "${provider}"\`.`,
          at: entry.at,
          related: used ? [{ message: `this chooses the provider`, at: used.setting.nameOrigin }] : [],
          fix: () => fixOf(context, entry, option, provider, isUsed),
        });
      }
    },
  },
};

/** Where something else is chosen already, nobody can tell which of the two is meant. */
function fixOf(context: RuleContext, entry: ModuleEntry, option: string, provider: string, isUsed: boolean): Fix | null {
  const { configuration } = context;
  const edit = withoutEntry(configuration, entry.at);
  const own = entry.section.options.get(option);
  if (!edit || (!isUsed && own && truth(own.value) !== false)) return null;
  const removed = { title: `Remove "${entry.name}" from the list`, safety: 'unsafe', ...editsOnly([edit]) } as const;
  if (isUsed) return removed;
  const { name, kind } = entry.section;
  const scope = name === GLOBAL ? 'global' : kind === 'component' ? { component: name } : { host: name };
  const title = `Write \`${option} = "${provider}"\` instead`;
  const set = operationFix(context, title, { op: 'set', scope, name: option, value: provider });
  return set && { ...set, edits: [...set.edits, edit] };
}
