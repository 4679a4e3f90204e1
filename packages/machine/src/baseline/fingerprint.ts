import { type Finding, lineEnd, lineStart, maskRanges, type Secrets } from '@prosodist/core';

/**
 * What is the same of each finding after edits elsewhere: a digest of its rule, of the line that it begins on without its
 * blanks, and of how many like it come before. The file's name and the line's number are not in it, so it stands moves and
 * renames; no secret is, for a digest of a short one could be guessed.
 * @param hidden what knows the secrets, whether they are shown or not
 */
export function fingerprintsOf(
  findings: readonly Finding[],
  textOf: (file: string) => string | undefined,
  hidden: Secrets,
): Map<Finding, string> {
  // loaded when it is needed: most runs compare with nothing, and it takes as long as reading a configuration
  const { createHash } = process.getBuiltinModule('node:crypto');
  const counts = new Map<string, number>();
  return new Map(
    findings.map(finding => {
      const text = textOf(finding.at.file) ?? '';
      const content = normalized(lineOf(text, finding.at.start, hidden));
      const key = JSON.stringify([finding.rule, content]);
      const before = counts.get(key) ?? 0;
      counts.set(key, before + 1);
      return [finding, createHash('sha256').update(`${key}${before}`).digest('hex').slice(0, 32)] as const;
    }),
  );
}

/** The line of a place, masked. */
function lineOf(text: string, offset: number, hidden: Secrets): string {
  const start = lineStart(text, offset);
  const end = lineEnd(text, offset);
  const inside = hidden
    .rangesIn(text)
    .map(range => ({ start: Math.max(range.start, start) - start, end: Math.min(range.end, end) - start }))
    .filter(range => range.start < range.end);
  return maskRanges(text.slice(start, end), inside);
}

/** Blanks count only where they part words, and the separator at the end not at all. */
function normalized(line: string): string {
  return line
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/ ?([^\w\s]) ?/g, '$1')
    .replace(/[,;]$/, '');
}
