import type { DirectorySettings } from '@prosodist/core';
import { type FilterItem, type FilterNode, type FilterResult, parseFilter, searchFilter } from '@prosodist/core';

/** The filter that Prosody sends for a name, as libldap reads it. */
export function loginFilter(settings: DirectorySettings, user: string): FilterResult {
  return parseFilter(searchFilter(settings, user));
}

/** The attributes that a filter compares with a name: those of `(a=name)`. */
export function comparedWith(filter: FilterNode, name: string): readonly string[] {
  const found = new Set<string>();
  visit(filter, item => {
    if (item.type === 'equality' && item.value.value.toLowerCase() === name.toLowerCase()) found.add(item.attribute.text);
  });
  return [...found];
}

/** The same filter for every name: `(a=name)` becomes `(a=*)`. */
export function forAnybody(filter: FilterNode, name: string): FilterNode {
  switch (filter.type) {
    case 'and':
    case 'or':
      return { ...filter, filters: filter.filters.map(part => forAnybody(part, name)) };
    case 'not':
      return { ...filter, filter: forAnybody(filter.filter, name) };
    case 'equality': {
      if (filter.value.value !== name) return filter;
      const { start, end, attribute } = filter;
      return { type: 'present', start, end, attribute };
    }
    default:
      return filter;
  }
}

/** The parts of a filter that all have to hold: those of `&`, and of one within it; the filter itself when there is no `&`. */
export function conditions(filter: FilterNode): readonly FilterNode[] {
  return filter.type === 'and' ? filter.filters.flatMap(conditions) : [filter];
}

function visit(filter: FilterNode, see: (item: FilterItem) => void): void {
  if ('filters' in filter) for (const part of filter.filters) visit(part, see);
  else if (filter.type === 'not') visit(filter.filter, see);
  else see(filter);
}
