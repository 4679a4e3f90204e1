import type { LuaStatement } from '@prosodist/core';

/** A node of a statement's tree; its range counts from the statement. */
export interface TreeNode {
  readonly type: string;
  readonly range: readonly [number, number];
}

/** Shows every node of a statement's tree, outer ones before inner ones. */
export function eachNode(statement: LuaStatement, show: (node: TreeNode) => void): void {
  const open: TreeNode[] = [statement];
  for (let node = open.pop(); node; node = open.pop()) {
    show(node);
    for (const child of Object.values(node)) {
      for (const one of Array.isArray(child) ? child : [child]) if (isNode(one)) open.push(one);
    }
  }
}

/** The nodes of a statement's tree that hold a stretch, outer ones first. */
export function nodesAround(statement: LuaStatement, start: number, end: number): TreeNode[] {
  const found: TreeNode[] = [];
  eachNode(statement, node => {
    if (node.range[0] <= start && end <= node.range[1]) found.push(node);
  });
  return found.sort((a, b) => b.range[1] - b.range[0] - (a.range[1] - a.range[0]));
}

function isNode(value: unknown): value is TreeNode {
  return typeof value === 'object' && value !== null && 'range' in value && 'type' in value;
}
