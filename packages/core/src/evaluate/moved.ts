import type { Opening, Setting, UnsetName } from './configuration.js';
import type { Origin, Table, Value } from './values.js';

/**
 * What was read from a text that stands further on, or back, by now. A table is moved when it is first looked into: after a key most
 * are not.
 */

/** A setting that stands `by` characters further on. */
export function movedSetting(setting: Setting, by: number): Setting {
  return {
    ...setting,
    value: movedValue(setting.value, by, new Map()),
    origin: movedOrigin(setting.origin, by),
    nameOrigin: movedOrigin(setting.nameOrigin, by),
    valueOrigin: movedOrigin(setting.valueOrigin, by),
  };
}

/** An opening of a section that stands `by` characters further on. */
export function movedOpening(opening: Opening, by: number): Opening {
  const { origin, nameOrigin, module, table } = opening;
  return {
    ...opening,
    origin: movedOrigin(origin, by),
    nameOrigin: movedOrigin(nameOrigin, by),
    module: module && { ...module, origin: movedOrigin(module.origin, by) },
    table: table && movedOrigin(table, by),
  };
}

/** An unset name that stands `by` characters further on. */
export function movedUnset(unset: UnsetName, by: number): UnsetName {
  return { ...unset, origin: movedOrigin(unset.origin, by) };
}

function movedOrigin({ file, start, end }: Origin, by: number): Origin {
  return { file, start: start + by, end: end + by };
}

function movedValue(value: Value, by: number, seen: Map<Table, Table>): Value {
  const origin = value.origin && movedOrigin(value.origin, by);
  switch (value.kind) {
    case 'table': {
      let table: Table | undefined;
      return {
        kind: 'table',
        origin,
        get table() {
          table ??= movedTable(value.table, by, seen);
          return table;
        },
      };
    }
    case 'nil':
      return value.unset
        ? { ...value, origin, unset: { ...value.unset, origin: movedOrigin(value.unset.origin, by) } }
        : { ...value, origin };
    default:
      return { ...value, origin };
  }
}

/** A table is moved once, however often it occurs: two values with one table are the same table. */
function movedTable(table: Table, by: number, seen: Map<Table, Table>): Table {
  const known = seen.get(table);
  if (known) return known;
  const moved: Table = { entries: new Map(), state: new Map() };
  seen.set(table, moved);
  for (const [key, { value, origin, keyOrigin }] of table.entries)
    moved.entries.set(key, {
      value: movedValue(value, by, seen),
      origin: origin && movedOrigin(origin, by),
      keyOrigin: keyOrigin && movedOrigin(keyOrigin, by),
    });
  return moved;
}

/** Whether a value can be moved: it is written there as it is, and holds nothing that code has made of it. */
export function isMovable(value: Value, seen: Set<Table> = new Set()): boolean {
  if (value.kind !== 'table') return value.kind !== 'function' && value.kind !== 'unknown';
  if (value.proxy || value.table.state.size > 0) return false;
  if (seen.has(value.table)) return true;
  seen.add(value.table);
  return [...value.table.entries.values()].every(entry => isMovable(entry.value, seen));
}
