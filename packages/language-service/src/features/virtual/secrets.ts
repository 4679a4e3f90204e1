import {
  type Configuration,
  holdsSecret,
  insideString,
  MASK,
  maskRanges,
  type Range,
  readString,
  Secrets,
  tokens,
  type Value,
} from '@prosodist/core';

const known = new WeakMap<Configuration, ReadonlySet<string>>();

/** Shorter texts are no secrets, and would hide half of a file. */
const SHORTEST = 4;

/** The secret texts of a configuration, wherever they were written: in a local variable they look like any other. */
function secretsOf(configuration: Configuration): ReadonlySet<string> {
  const made = known.get(configuration);
  if (made) return made;
  const found = new Set<string>();
  const walk = (value: Value, option: string, path: readonly (string | number)[]): void => {
    if (value.kind === 'string' && value.value.length >= SHORTEST && holdsSecret(option, path)) found.add(value.value);
    if (value.kind !== 'table' || path.length > 6) return;
    for (const [key, entry] of value.table.entries)
      walk(entry.value, option, [...path, typeof key === 'string' || typeof key === 'number' ? key : '?']);
  };
  for (const { name, value } of configuration.settings) walk(value, name, []);
  known.set(configuration, found);
  return found;
}

/**
 * A text of Lua with its secrets hidden: what a secret name is given, be it misspelt or in a comment, and what is a secret of the
 * configuration, wherever it stands.
 */
export function withoutSecrets(text: string, configuration: Configuration): string {
  const values = secretsOf(configuration);
  const more = tokens(text).flatMap(token => {
    const inside = text.slice(token.start, token.end);
    if (token.kind === 'string' && !token.flaw && values.has(readString(inside).value)) return [insideString(text, token)];
    return token.kind === 'comment' ? [...values].flatMap(value => occurrences(inside, value, token.start)) : [];
  });
  return maskRanges(text, [...learned(configuration).rangesIn(text), ...more]);
}

const byConfiguration = new WeakMap<Configuration, Secrets>();

function learned(configuration: Configuration): Secrets {
  const made = byConfiguration.get(configuration) ?? new Secrets(false);
  if (!byConfiguration.has(configuration)) made.learn(configuration);
  byConfiguration.set(configuration, made);
  return made;
}

function occurrences(text: string, value: string, base: number): Range[] {
  const found: Range[] = [];
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length))
    found.push({ start: base + at, end: base + at + value.length });
  return found;
}

/**
 * A message without the secrets of a configuration.
 * @param more secrets that the configuration does not have (yet): what somebody has typed
 */
export function withoutSecretValues(message: string, configuration: Configuration, more: readonly string[] = []): string {
  let shown = message;
  for (const secret of [...secretsOf(configuration), ...more]) if (secret !== '') shown = shown.replaceAll(secret, MASK);
  return shown;
}
