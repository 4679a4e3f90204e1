import { type Configuration, isSecret, readString, type Token, tokens, type Value } from '@prosodist/core';
import { MASK } from '../values.js';

const known = new WeakMap<Configuration, ReadonlySet<string>>();

/** Shorter texts are no secrets, and would hide half of a file. */
const SHORTEST = 4;

/** The secret texts of a configuration, wherever they were written: in a local variable they look like any other. */
function secretsOf(configuration: Configuration): ReadonlySet<string> {
  const made = known.get(configuration);
  if (made) return made;
  const found = new Set<string>();
  const walk = (value: Value, option: string, path: readonly (string | number)[]): void => {
    if (value.kind === 'string' && value.value.length >= SHORTEST && isSecret(option, path)) found.add(value.value);
    if (value.kind !== 'table' || path.length > 6) return;
    for (const [key, entry] of value.table.entries)
      walk(entry.value, option, [...path, typeof key === 'string' || typeof key === 'number' ? key : '?']);
  };
  for (const { name, value } of configuration.settings) walk(value, name, []);
  known.set(configuration, found);
  return found;
}

/**
 * A text of Lua with its secrets hidden: strings that a secret option or key is given, strings that are a secret of the
 * configuration, and the same in comments.
 */
export function withoutSecrets(text: string, configuration: Configuration): string {
  const secrets = secretsOf(configuration);
  const all = tokens(text);
  const hidden: { readonly start: number; readonly end: number; readonly text: string }[] = [];
  for (const [index, token] of all.entries()) {
    if (token.kind === 'comment') hidden.push({ ...token, text: hideInComment(text.slice(token.start, token.end), secrets) });
    if (token.kind !== 'string') continue;
    const raw = text.slice(token.start, token.end);
    if (isGiven(text, all, index) || (!token.flaw && secrets.has(readString(raw).value)))
      hidden.push({ ...token, text: `"${MASK}"` });
  }
  let out = '';
  let at = 0;
  for (const { start, end, text: shown } of hidden) {
    out += text.slice(at, start) + shown;
    at = end;
  }
  return out + text.slice(at);
}

/** Whether a string is (a part of) what a secret name is given: `bind_password = "a" .. "b"`, `app_secret = FileLine("x")`. */
function isGiven(text: string, all: readonly Token[], index: number): boolean {
  const word = (place: number) => (all[place] ? text.slice(all[place]!.start, all[place]!.end) : '');
  for (let at = index - 1; at >= 0 && index - at < 60; at -= 1) {
    if (word(at) === '=') {
      const key = word(at - 1) === ']' ? word(at - 2).slice(1, -1) : word(at - 1);
      return isSecret(key);
    }
    // what ends a value ends the search; of a list, every entry is given
    if (word(at) === ';' || word(at) === '}' || all[at]?.kind === 'keyword') return false;
    // a value with a name behind it: the name begins a statement
    const isEnd = all[at]?.kind !== 'symbol' || word(at) === ')';
    if (isEnd && all[at + 1]?.kind === 'name') return false;
  }
  return false;
}

/** In a comment there are no tokens: `name = "text"` is looked for, and secrets that the configuration has. */
function hideInComment(comment: string, secrets: ReadonlySet<string>): string {
  let shown = comment.replace(
    /([\w]+)("?\]?\s*[=:]\s*)(["']?)([^\s"';,}]+|(?<=")[^"]*|(?<=')[^']*)/g,
    (all, name: string, between: string, mark: string) => (isSecret(name) ? `${name}${between}${mark}${MASK}` : all),
  );
  for (const secret of secrets) shown = shown.replaceAll(secret, MASK);
  return shown;
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
