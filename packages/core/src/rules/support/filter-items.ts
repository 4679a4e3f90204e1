import { type FilterItem, type FilterNode, parseFilter } from '../../ldap/index.js';

/** Every item of a filter, at whatever depth; none where it is not well-formed. `negated` are those below a `!`. */
export function filterItems(text: string): { readonly item: FilterItem; readonly negated: boolean }[] {
  const parsed = parseFilter(text);
  return parsed.ok ? itemsOf(parsed.filter, false) : [];
}

function itemsOf(node: FilterNode, negated: boolean): { readonly item: FilterItem; readonly negated: boolean }[] {
  if ('filters' in node) return node.filters.flatMap(part => itemsOf(part, negated));
  return 'filter' in node ? itemsOf(node.filter, !negated) : [{ item: node, negated }];
}
