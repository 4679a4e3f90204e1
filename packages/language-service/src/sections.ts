import { GLOBAL, type Opening, ownership } from '@prosodist/core';
import type { TreeFile } from './tree.js';

/** A stretch of a file in which one section of the configuration is open. */
export interface FileSection {
  /** `*`, or the prepared name of the host or component. */
  readonly scope: string;
  /** What opens it; null for the global section. */
  readonly opening: Opening | null;
  /** Start of the opening's line or of the comments attached above it. */
  readonly start: number;
  /** Start of the next section, or the end of the file. */
  readonly end: number;
}

/**
 * Cuts a file into its sections. A host's section runs to the next opening; one with a table ends with its table, because
 * Prosody returns to the global section there. Every place of the file is in at least one section.
 */
export function sectionsOf({ path, document, configuration }: TreeFile): FileSection[] {
  const openings = configuration.openings
    .filter(opening => opening.origin.file === path)
    .sort((a, b) => a.origin.start - b.origin.start);
  const startOf = (opening: Opening) => ownership(document, opening.origin.start, opening.origin.end).start;
  const sections: FileSection[] = [];
  let at = 0;
  for (const [index, opening] of openings.entries()) {
    // a loop opens several hosts in one place: they share the stretch
    const next = openings.slice(index + 1).find(other => other.origin.start > opening.origin.start);
    const start = openings[index - 1]?.origin.start === opening.origin.start ? sections.at(-1)!.start : startOf(opening);
    const limit = next ? startOf(next) : document.text.length;
    const end = opening.table ? ownership(document, opening.origin.start, opening.origin.end).end : limit;
    if (start > at) sections.push({ scope: GLOBAL, opening: null, start: at, end: start });
    sections.push({ scope: opening.scope, opening, start, end: Math.max(start, end) });
    at = Math.max(at, end);
  }
  if (at < document.text.length || sections.length === 0) {
    sections.push({ scope: GLOBAL, opening: null, start: at, end: document.text.length });
  }
  return sections;
}

/** The section that is open at an offset of the file: the last one that begins at or before it. */
export function sectionAt(file: TreeFile, offset: number): FileSection {
  const sections = sectionsOf(file);
  return sections.findLast(section => section.start <= offset && offset < section.end) ?? sections.at(-1)!;
}
