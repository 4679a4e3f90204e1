/**
 * What templates and guides put where something of one's own belongs. Jitsi's Debian template has `jitmeet.example.com`,
 * `focusUser` and `__turnSecret__`; its `postinst` replaces them with sed. Go's templates write
 * `<no value>` for a variable that is not set.
 */
const PLACEHOLDER =
  /jitmeet\.example\.com|\bfocusUser@|\bfocusUser\b(?=$)|\$\{?[A-Z][A-Z0-9_]{2,}\}?|%%[A-Za-z_]+%%|<no value>|<(?:your|my|the|enter|insert)[- _][^<>]*>|\b(?:YOUR|MY|ENTER|INSERT|REPLACE)_[A-Z0-9_]{2,}\b|\[(?:your|enter|insert) [^\]]*\]/;

export interface Placeholder {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The placeholder in a text that nobody has replaced. */
export function placeholderIn(text: string): Placeholder | undefined {
  const match = PLACEHOLDER.exec(text);
  return match ? { text: match[0], start: match.index, end: match.index + match[0].length } : undefined;
}
