import { isSecret } from '../../catalog/index.js';
import type { Key, Setting, StringValue, Table, Value } from '../../evaluate/index.js';

/** A secret that a setting has as a text, with the way to it. */
export interface SecretValue {
  readonly setting: Setting;
  readonly path: readonly (string | number)[];
  readonly value: StringValue;
}

/** Every text of a setting that is secret by its name, or by a key on the way to it. */
export function secretValues(setting: Setting): SecretValue[] {
  const found: SecretValue[] = [];
  const seen = new Set<Table>();
  const visit = (value: Value, path: readonly (string | number)[]): void => {
    if (value.kind === 'string') {
      if (isSecret(setting.name, path)) found.push({ setting, path, value });
    } else if (value.kind === 'table' && !seen.has(value.table)) {
      seen.add(value.table);
      for (const [key, entry] of value.table.entries) visit(entry.value, [...path, step(key)]);
    }
  };
  visit(setting.value, []);
  return found;
}

/** `ldap.bind_password`, as findings name it. */
export function secretName({ setting, path }: SecretValue): string {
  return [setting.name, ...path.filter(key => typeof key === 'string')].join('.');
}

function step(key: Key): string | number {
  return typeof key === 'string' || typeof key === 'number' ? key : '?';
}
