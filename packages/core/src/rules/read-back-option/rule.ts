import { GLOBAL, type Origin, type Setting } from '../../evaluate/index.js';
import type { Document, Identifier } from '../../syntax/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { hasLocal } from '../support/names.js';
import { ofNode } from '../support/of-node.js';
import { isAbove, isProviderName, settingsAbove } from '../support/settings.js';
import { replacement, sourceOf } from '../support/source.js';
import { scopeAt, type TopAssignment, topAssignments } from '../support/statements.js';
import { identifiersIn } from '../support/tree.js';
import { sectionWords } from '../support/words.js';

export const readBackOption: Rule = {
  name: 'read-back-option',
  severity: 'error',
  summary:
    'An option is used as a variable where Prosody does not give its value back, or not as one that can be kept or changed.',
  fixable: 'sometimes',
  source:
    'core/configmanager.lua: 0.12 has no options in its environment; 13.0 gives those of the open section only, and a proxy for a table',
  since: '0.1.0',
  check: {
    setting: reportStored,
    document(context, document, file) {
      for (const { node, place } of topAssignments(document, file, isNotPlain)) {
        for (const variable of node.variables) {
          const base = variable.type === 'MemberExpression' || variable.type === 'IndexExpression' ? variable.base : undefined;
          if (base?.type === 'Identifier' && context.version !== '0.12') reportLost(context, document, base, place(node));
        }
        const [first] = node.variables;
        const option = first?.type === 'Identifier' ? first.name : null;
        for (const name of namesRead(node))
          if (!isProviderName(option, name.name, context.version)) reportRead(context, document, name, place(name));
      }
    },
  },
};

/** The names that a statement reads. */
const namesRead = ofNode(({ init }: TopAssignment['node']) => init.flatMap(identifiersIn));

/** Something is read in it, or a field set. */
const isNotPlain = ofNode(
  (node: TopAssignment['node']) => namesRead(node).length > 0 || node.variables.some(({ type }) => type !== 'Identifier'),
);

/** `modules_enabled = base_modules`: what 13.0 gives for a table option is a proxy, and that is stored. */
function reportStored(context: RuleContext, setting: Setting): void {
  const { value } = setting;
  if (value.kind !== 'table' || !value.proxy) return;
  const { option } = value.proxy;
  const isWord =
    isProviderName(setting.name, option, context.version) && sourceOf(context.configuration, setting.valueOrigin) === option;
  context.report({
    message: `\`${setting.name}\` is set to the option \`${option}\` itself, which is no plain table`,
    why: `Prosody gives a handle for \`${option}\` that knows only append, value and values. Whoever reads \`${setting.name}\` fails with "Unknown config option operation".`,
    help: isWord
      ? `Put quotes around \`${option}\`.`
      : `Write \`${option}:value()\`, or keep the table in a variable: local ${option}_value = { … }.`,
    at: setting.valueOrigin,
    fix: isWord ? replacement(`Put quotes around \`${option}\``, 'unsafe', setting.valueOrigin, `"${option}"`) : null,
  });
}

/** `ssl.key = …`: the field is set on a proxy that nobody keeps. */
function reportLost(context: RuleContext, document: Document, { name }: Identifier, at: Origin): void {
  if (hasLocal(document, name)) return;
  const { configuration } = context;
  const option = configuration.sections.get(scopeAt(context, at))?.options.get(name);
  if (option?.value.kind !== 'table' || !isAbove(option.setting, at)) return;
  context.report({
    message: `this assignment is lost: \`${name}\` is an option, and its fields cannot be set one by one`,
    why: `Prosody hands out a copy of the option's handle for each use; what is set on it is thrown away. Nothing is logged.`,
    help: `Write the key into the table: ${name} = { … }.`,
    at,
    related: [{ message: 'the table is set here', at: option.setting.nameOrigin }],
  });
}

/** A name in an expression that is an option, but not one that can be read there. */
function reportRead(context: RuleContext, document: Document, { name }: Identifier, at: Origin): void {
  const { configuration, version } = context;
  if (hasLocal(document, name)) return;
  const scope = scopeAt(context, at);
  const set = settingsAbove(configuration, name, at);
  const own = set.some(setting => setting.scope === scope);
  const [first] = version === '0.12' ? set : own ? [] : set.filter(setting => setting.scope === GLOBAL);
  if (!first || isTold(context, name, at)) return;
  context.report({
    message:
      version === '0.12'
        ? `the option \`${name}\` cannot be read back: here it is nil`
        : `the option \`${name}\` of ${sectionWords(first.scope)} cannot be read in ${sectionWords(scope)}: here it is nil`,
    why:
      version === '0.12'
        ? 'In Prosody 0.12 an option is no variable. The name stands for nothing, and Prosody says nothing of it.'
        : 'Prosody gives a configuration the options of the section that is open, not those of the global section. The name stands for nothing.',
    help: `Keep the value in a variable: local ${name}_value = …, and use that in both places.`,
    at,
    related: [{ message: 'the option is set here', at: first.nameOrigin }],
  });
}

/** Where Prosody stops at the name, load-error says all. */
function isTold({ configuration }: RuleContext, name: string, at: Origin): boolean {
  return configuration.errors.some(
    ({ origin, message }) =>
      origin?.file === at.file && origin.start <= at.start && origin.end >= at.end && message.includes(`(global '${name}')`),
  );
}
