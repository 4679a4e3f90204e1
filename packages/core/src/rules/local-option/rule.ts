import { findOption } from '../../catalog/index.js';
import { editsOnly } from '../../patch/change.js';
import type { Rule } from '../rule.js';
import { usesOf } from '../support/names.js';
import { topAssignments } from '../support/statements.js';

export const localOption: Rule = {
  name: 'local-option',
  severity: 'warning',
  summary: 'A local variable has the name of an option, so the option is not set.',
  fixable: 'sometimes',
  source: 'core/configmanager.lua: only an assignment to a global name comes to __newindex',
  since: '0.1.0',
  check: {
    document(context, document, file) {
      for (const { node, place } of topAssignments(document, file, ({ type }) => type === 'LocalStatement')) {
        if (node.type !== 'LocalStatement') continue;
        for (const variable of node.variables) {
          const { name } = variable;
          if (!isOption(name, context.version)) continue;
          const at = place(variable);
          const uses = usesOf(document, name).filter(use => use.start >= place(node).end);
          // a variable that is read is meant as one
          if (uses.some(use => !use.assigned)) continue;
          const assigned = uses[0];
          const keyword = { file, start: place(node).start, end: at.start };
          context.report({
            message: assigned
              ? `\`${name}\` is a local variable here, so the assignments to it below set no option`
              : `\`${name}\` is a local variable here and no option`,
            why: 'Prosody sees assignments to global names only. The option is not set, and nothing is logged.',
            help: `Remove \`local\`${assigned ? ', or give the variable another name' : ''}.`,
            at,
            related: assigned
              ? [{ message: 'this sets the variable', at: { file, start: assigned.start, end: assigned.end } }]
              : [],
            fix:
              node.variables.length === 1 && !assigned
                ? { title: 'Remove `local`', safety: 'unsafe', ...editsOnly([{ ...keyword, text: '' }]) }
                : null,
          });
        }
      }
    },
  },
};

/** Names of one word are what people call variables too: `domain`, `name`, `log`. */
function isOption(name: string, version: Parameters<typeof findOption>[1]): boolean {
  const option = findOption(name, version);
  return option !== undefined && (name.includes('_') || CORE.has(name));
}

const CORE = new Set(['authentication', 'storage', 'admins', 'ssl', 'limits']);
