import type { Expression, Identifier } from '../../syntax/index.js';

/** The names that an expression reads, functions in it left out: nobody knows when they run. */
export function identifiersIn(node: Expression): Identifier[] {
  switch (node.type) {
    case 'Identifier':
      return [node];
    case 'UnaryExpression':
      return identifiersIn(node.argument);
    case 'BinaryExpression':
    case 'LogicalExpression':
      return [...identifiersIn(node.left), ...identifiersIn(node.right)];
    case 'MemberExpression':
      return identifiersIn(node.base);
    case 'IndexExpression':
      return [...identifiersIn(node.base), ...identifiersIn(node.index)];
    case 'TableConstructorExpression':
      return node.fields.flatMap(field =>
        field.type === 'TableKey' ? [...identifiersIn(field.key), ...identifiersIn(field.value)] : identifiersIn(field.value),
      );
    case 'CallExpression':
      return [...identifiersIn(node.base), ...node.arguments.flatMap(identifiersIn)];
    case 'TableCallExpression':
      return [...identifiersIn(node.base), ...identifiersIn(node.arguments)];
    case 'StringCallExpression':
      return identifiersIn(node.base);
    default:
      return [];
  }
}
