import { findOption } from '../../catalog/index.js';
import { effective } from '../../evaluate/index.js';
import { editsOnly } from '../../patch/change.js';
import type { Document, Expression } from '../../syntax/index.js';
import type { Fix } from '../finding.js';
import type { Rule, RuleContext } from '../rule.js';
import { hasLocal } from '../support/names.js';
import { sectionsAreKnown } from '../support/sections.js';
import { replacement, sourceOf } from '../support/source.js';
import { type TopAssignment, topAssignments } from '../support/statements.js';

export const droppedValue: Rule = {
  name: 'dropped-value',
  severity: 'warning',
  summary: 'More values than are taken: the values that are left over, or the module of a component, are dropped.',
  fixable: 'sometimes',
  source: 'Lua 5.4 manual, 3.3.3: "If there are more values than needed, the excess values are thrown away."',
  since: '0.1.0',
  check: {
    document(context, document, file) {
      for (const assignment of topAssignments(document, file, hasTooMany)) reportDropped(context, assignment);
      for (const { node, base } of document.statements) {
        if (node.type === 'CallStatement') reportArgument(context, document, node.expression, file, base);
      }
    },
  },
};

function hasTooMany({ init, variables }: TopAssignment['node']): boolean {
  return init.length > variables.length;
}

function reportDropped(context: RuleContext, assignment: TopAssignment): void {
  const { node, place } = assignment;
  const first = node.init[node.variables.length];
  const last = node.init.at(-1);
  if (!first || !last) return;
  const several = node.init.length - node.variables.length > 1;
  const at = { ...place(first), end: place(last).end };
  context.report({
    message: `${several ? 'these values are' : 'this value is'} dropped: ${node.variables.length === 1 ? 'one name takes one value' : `${node.variables.length} names take ${node.variables.length} values`}`,
    why: 'Lua gives each name one value and throws the others away, without a word.',
    help: 'A list is written in braces: name = { 1, 2 }.',
    at,
    fix: fixOf(context, assignment),
  });
}

const LISTS = new Set(['list', 'set', 'port-list', 'interface-list']);

function fixOf({ configuration, version }: RuleContext, { node, place }: TopAssignment): Fix | null {
  const [variable] = node.variables;
  if (node.type !== 'AssignmentStatement' || node.variables.length !== 1 || variable?.type !== 'Identifier') return null;
  const type = findOption(variable.name, version)?.type;
  const plain = node.init.every(({ type: kind }) => kind === 'StringLiteral' || kind === 'NumericLiteral');
  if (type === undefined || !LISTS.has(type) || !plain) return null;
  const at = { ...place(node.init[0]!), end: place(node.init.at(-1)!).end };
  return replacement('Make a list of the values', 'unsafe', at, `{ ${sourceOf(configuration, at)} }`);
}

/** `Component("name", "module")`: env.Component takes the name, and gives a function that takes the module. */
function reportArgument(context: RuleContext, document: Document, call: Expression, file: string, offset: number): void {
  if (!('base' in call)) return;
  const { base } = call;
  if (call.type !== 'CallExpression' || base.type !== 'Identifier') {
    reportArgument(context, document, base, file, offset);
    return;
  }
  const [name, second] = call.arguments;
  if (!SECTIONS.has(base.name) || !name || !second || hasLocal(document, base.name)) return;
  const isComponent = base.name.toLowerCase() === 'component';
  if (isComponent && isToldAsSecret(context, file, offset + name.range[0])) return;
  const at = { file, start: offset + second.range[0], end: offset + second.range[1] };
  const between = { file, start: offset + name.range[1], end: at.start };
  const closing = { file, start: at.end, end: offset + call.range[1] };
  const isPlain = isComponent && second.type === 'StringLiteral' && call.arguments.length === 2;
  context.report({
    severity: 'error',
    message: `${isComponent ? 'the module' : 'this'} is dropped: \`${base.name}\` takes the name and nothing else`,
    why: isComponent
      ? 'Prosody gives Component the name alone; the component then has no module and waits for an external program. Nothing is logged.'
      : 'Prosody gives it the name alone, and passes over the rest.',
    help: isComponent ? 'Write the module behind the brackets: Component("name") "module".' : 'Remove it.',
    at,
    fix: isPlain
      ? {
          title: 'Write the module behind the brackets',
          safety: 'unsafe',
          ...editsOnly([
            { ...between, text: ') ' },
            { ...closing, text: '' },
          ]),
        }
      : null,
  });
}

/** An external component without a secret is more than this one, and missing-component-secret knows this reason for it. */
function isToldAsSecret(context: RuleContext, file: string, start: number): boolean {
  const { openings } = context.configuration;
  const opening = openings.find(({ nameOrigin }) => nameOrigin.file === file && nameOrigin.start === start);
  return (
    opening !== undefined && sectionsAreKnown(context) && !effective(context.configuration, opening.scope, 'component_secret')
  );
}

const SECTIONS = new Set(['VirtualHost', 'Host', 'host', 'Component', 'component']);
