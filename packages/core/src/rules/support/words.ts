/** A section's name as findings speak of it. */
export function sectionWords(scope: string): string {
  return scope === '*' ? 'the global section' : `\`${scope}\``;
}

/** "a, b and c" */
export function listWords(words: readonly string[], last = 'and'): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

/** "a" or "an", by the first letter. */
export function article(word: string): string {
  return /^[aeiou]/i.test(word) ? `an ${word}` : `a ${word}`;
}
