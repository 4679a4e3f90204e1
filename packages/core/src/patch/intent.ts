// Whether a plan does what was asked, and nothing else, as Prosody would read it.
import { type Configuration, compare, GLOBAL, type Value } from '../evaluate/index.js';
import { prepared, sectionName } from './find.js';
import type { Operation, Step } from './operation.js';
import { refused } from './steps.js';

/**
 * A refusal where an operation would have changed more for Prosody than it was asked to: other code reads what it changed.
 * Null where all is well.
 */
export function sideEffect(operation: Operation, before: Configuration, after: Configuration): Step | null {
  const known = new Set(before.errors.map(error => error.message));
  const error = after.errors.find(candidate => !known.has(candidate.message));
  if (error) return refused('dynamic', `Prosody would not start any more: ${error.text}`, error.origin ? [error.origin] : []);
  const may = intent(operation);
  for (const { scope, options } of compare(before, after)) {
    for (const { name, before: old, after: young } of options) {
      const at = (old ?? young)!.setting.origin;
      const reason = young?.value.kind === 'unknown' && old?.value.kind !== 'unknown' ? young.value.reason : '';
      if (reason.startsWith('the order in which the folder'))
        return refused('ambiguous-file', `which value of \`${name}\` holds would depend on ${reason}`, [at]);
      if (!may || may(scope, name)) continue;
      if (old && young && looksSame(old.value, young.value)) continue;
      const where = scope === GLOBAL ? 'the global section' : scope;
      return refused('dynamic', `it would also change \`${name}\` of ${where}; change it by hand`, [at]);
    }
  }
  return null;
}

/** What an operation may change; undefined for those that may change all (files, links, names everywhere). */
function intent(operation: Operation): ((scope: string, name: string) => boolean) | undefined {
  switch (operation.op) {
    case 'set':
    case 'unset':
    case 'list.add':
    case 'list.remove':
    case 'list.set':
    case 'comment':
    case 'uncomment':
      return only(sectionName(operation.scope), [operation.name]);
    case 'table.set':
    case 'table.unset':
    case 'table.match':
      return only(sectionName(operation.scope), [String(operation.path[0])]);
    case 'ensure.host':
    case 'ensure.component':
      return only(prepared(operation.host), undefined);
    case 'component.module':
      return only(prepared(operation.host), ['component_module']);
    case 'remove.host':
      return operation.refs ? undefined : only(prepared(operation.host), undefined);
    case 'rename.host':
      return operation.refs
        ? undefined
        : (scope: string) => scope === prepared(operation.host) || scope === prepared(operation.to);
    default:
      return undefined;
  }
}

function only(section: string, names: readonly string[] | undefined) {
  return (scope: string, name: string) => scope === section && (!names || names.includes(name));
}

/** Whether two values of two readings are the same as far as anybody can tell: what is unknown for one reason is the same. */
function looksSame(a: Value, b: Value, depth = 0): boolean {
  if (a.kind === 'unknown') return b.kind === 'unknown' && a.reason === b.reason;
  if (a.kind === 'table' && b.kind === 'table') {
    const [left, right] = [a.table.entries, b.table.entries];
    return (
      left.size === right.size &&
      (depth > 20 ||
        [...left].every(([key, { value }]) => {
          // tables and functions as keys are others in each reading
          const other = right.get(key);
          return typeof key === 'object' || (other !== undefined && looksSame(value, other.value, depth + 1));
        }))
    );
  }
  if (a.kind === 'function' || a.kind === 'nil') return a.kind === b.kind;
  return a.kind === b.kind && 'value' in a && 'value' in b && Object.is(a.value, b.value);
}
