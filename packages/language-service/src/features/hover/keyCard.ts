import { holdsSecret } from '@prosodist/core';
import type { KnownKey } from '../completion/keys.js';
import { listNames, type Style } from './style.js';

/** What is known of a key: what it does, its type, values and default. */
export function keyLines({ types, values, default: fallback, documentation, note }: KnownKey, style: Style): string[] {
  const choices = values.length > 0 ? `: ${listNames(style, values)}` : '';
  const unset = fallback === undefined ? '' : ` · default ${style.code(fallback)}`;
  return [documentation, `type ${types.join(' or ')}${choices}${unset}`, ...(note === undefined ? [] : [note])];
}

/** The card of a key inside an option's table. */
export function keyCard(path: readonly string[], key: KnownKey, style: Style): string[] {
  const [option = '', ...rest] = path;
  const secret = holdsSecret(option, rest) ? ', secret' : '';
  const name = path.filter(part => part !== '[]').join('.');
  return [`${style.bold(name)}: key${secret}`, ...keyLines(key, style)];
}
