/** Programs whose names are written small, also at the start of a sentence. */
const SMALL = new Set(['libldap', 'lualdap', 'saslauthd', 'slapd', 'jicofo', 'nginx']);

/**
 * A text as the start of a sentence: a word gets a capital; an address, an option or a program's name stays as it is written.
 * @example capital('nobody answers') // → 'Nobody answers'
 * @example capital('ldaps://dc1.example.com: nobody answers') // → 'ldaps://dc1.example.com: nobody answers'
 */
export function capital(text: string): string {
  const [word] = /^\p{Ll}[\p{L}'\u2019-]*(?=[\s,;]|[:.](?:\s|$)|$)/u.exec(text) ?? [];
  return word === undefined || SMALL.has(word) ? text : text.charAt(0).toUpperCase() + text.slice(1);
}
