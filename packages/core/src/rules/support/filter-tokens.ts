import type { Way } from './directory.js';

/** A token in a filter that the way does not know, or that means something else there. */
export interface WrongToken {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** What stands for the same in this way; null where ldap2 does it itself. */
  readonly instead: string | null;
}

/** What the programs that have filters write where the name of the user goes: `%s`, `%u`, `$user`, `{0}`, `{{login}}`. */
const TOKEN = /%\([a-z]+\)s|%[A-Za-z]|\$\{?[A-Za-z]+\}?|\{\{?\s*(?:\d|user(?:name)?|login|uid|input)\s*\}?\}/g;

/** Whether a filter has anything that looks like a token. */
export function hasToken(text: string): boolean {
  return text.search(TOKEN) >= 0 || /%[1-9]/.test(text);
}

/** The tokens of a filter that do not work in this way. */
export function wrongTokens(way: Way, text: string): WrongToken[] {
  let first = true;
  return [...text.matchAll(TOKEN)].flatMap((match): WrongToken[] => {
    const token = match[0];
    const place = { text: token, start: match.index, end: match.index + token.length };
    if (way === 'ldap2') return [{ ...place, instead: null }];
    if (way === 'saslauthd') return /^%[uUdsrDR]$/.test(token) ? [] : [{ ...place, instead: '%u' }];
    if (token === '$user' || token === '$host') return [];
    // mod_auth_ldap: gsub("%%s", "$user", 1)
    if (token === '%s' && first) {
      first = false;
      return [];
    }
    return [{ ...place, instead: /^%d$|domain|realm/.test(token) ? '$host' : '$user' }];
  });
}
