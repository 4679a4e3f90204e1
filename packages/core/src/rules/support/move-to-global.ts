import type { Setting } from '../../evaluate/index.js';
import { GLOBAL } from '../../evaluate/index.js';
import { editsOnly } from '../../patch/change.js';
import { insertGlobal } from '../../patch/placement.js';
import type { Document, Expression } from '../../syntax/index.js';
import type { Fix } from '../finding.js';
import type { RuleContext } from '../rule.js';
import { outdent, removal } from './source.js';

/** Whether a value is the same wherever it stands: no name, no call and no function in it. */
function isConstant(document: Document, { origin }: Setting): boolean {
  const statement = document.statements.find(({ start, end }) => start === origin.start && end === origin.end);
  return statement?.node.type === 'AssignmentStatement' && statement.node.init.every(hasNoNames);
}

function hasNoNames(node: Expression): boolean {
  if (node.type === 'TableConstructorExpression')
    return node.fields.every(field => hasNoNames(field.value) && (field.type !== 'TableKey' || hasNoNames(field.key)));
  if (node.type === 'UnaryExpression') return hasNoNames(node.argument);
  if (node.type === 'BinaryExpression') return hasNoNames(node.left) && hasNoNames(node.right);
  return node.type.endsWith('Literal');
}

/**
 * Moves a setting out of a host or component into the global section of its own file, with its comments; or removes it
 * where the global section says the same already. Null where neither is plainly right.
 */
export function moveToGlobal({ configuration }: RuleContext, setting: Setting): Fix | null {
  const document = configuration.documents.get(setting.origin.file);
  const removed = removal(configuration, setting);
  if (!removed || !document || document.problems.length > 0 || !isConstant(document, setting)) return null;
  if (configuration.sections.get(GLOBAL)?.options.has(setting.name)) return null;
  const block = outdent(removed.text);
  const inserted = { file: setting.origin.file, ...insertGlobal(configuration, setting.origin.file, block, setting.name) };
  return { title: `Move \`${setting.name}\` to the global section`, safety: 'safe', ...editsOnly([removed.edit, inserted]) };
}
