import type { Opening } from '../../evaluate/index.js';
import { editsOnly } from '../../patch/change.js';
import type { Fix } from '../finding.js';
import type { Rule, RuleContext } from '../rule.js';
import { isNamed } from '../support/statements.js';

export const reopenedComponent: Rule = {
  name: 'reopened-component',
  severity: 'error',
  summary: 'A component is opened again with no module or another one, which replaces the first.',
  fixable: 'sometimes',
  source: 'core/configmanager.lua: env.Component first sets component_module to "component", then to the module that follows',
  since: '0.1.0',
  reach: 'section',
  check: {
    configuration(context) {
      const byScope = new Map<string, Opening[]>();
      for (const opening of context.configuration.openings) {
        if (opening.kind !== 'component' || opening.doubt !== undefined || !isNamed(opening)) continue;
        byScope.set(opening.scope, [...(byScope.get(opening.scope) ?? []), opening]);
      }
      for (const openings of byScope.values()) reportReplaced(context, openings);
    },
  },
};

/** Only the last opening counts; the module that was there before is what it takes away. */
function reportReplaced(context: RuleContext, openings: readonly Opening[]): void {
  const last = openings.at(-1)!;
  const before = openings.slice(0, -1).findLast(({ module }) => module !== null);
  if (!before?.module || last === before || before.module.name === last.module?.name) return;
  const [old, now] = [before.module.name, last.module?.name];
  context.report({
    message: `the component \`${last.scope}\` is opened again ${now === undefined ? 'without its module' : `with "${now}"`}, so it is no longer "${old}"`,
    why:
      now === undefined
        ? `Prosody sets the module anew with each Component: without one it waits for an external program to connect, and ${old} is not loaded. Nothing is logged.`
        : `Prosody keeps the last module only: ${old} is not loaded. Nothing is logged.`,
    help:
      now === undefined
        ? `Write the module again, \`Component "${last.written}" "${old}"\`, or put the options where the component is opened first.`
        : 'Give the second component a name of its own.',
    at: last.module?.origin ?? last.nameOrigin,
    related: [{ message: `here it is "${old}"`, at: before.nameOrigin }],
    fix: now === undefined ? fixOf(context, last, old) : null,
  });
}

function fixOf({ configuration }: RuleContext, { nameOrigin, origin, table }: Opening, module: string): Fix | null {
  const text = configuration.documents.get(origin.file)?.text ?? '';
  const { end } = table ? nameOrigin : origin;
  // only behind a name that stands there by itself: `Component "name"`, `Component("name")`
  if (table && !/^\s*\{/.test(text.slice(end))) return null;
  const edit = { file: origin.file, start: end, end, text: ` "${module}"` };
  return { title: `Write the module "${module}" again`, safety: 'unsafe', ...editsOnly([edit]) };
}
