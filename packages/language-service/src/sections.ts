import { type Configuration, firstIndex, GLOBAL, type Opening, ownership } from '@prosodist/core';
import { placesIn } from './names/places.js';
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

const known = new WeakMap<Configuration, Map<string, readonly FileSection[]>>();

/**
 * Cuts a file into its sections. A host's section runs to the next opening; one with a table ends with its table, because
 * Prosody returns to the global section there. Every place of the file is in at least one section.
 */
export function sectionsOf(file: TreeFile): readonly FileSection[] {
  const ofConfiguration = known.get(file.configuration) ?? new Map<string, readonly FileSection[]>();
  known.set(file.configuration, ofConfiguration);
  const sections = ofConfiguration.get(file.path) ?? cut(file);
  ofConfiguration.set(file.path, sections);
  return sections;
}

function cut({ path, document, configuration }: TreeFile): FileSection[] {
  const { openings } = placesIn(configuration, path);
  const owned = openings.map(({ origin }) => ownership(document, origin.start, origin.end));
  const sections: FileSection[] = [];
  let at = 0;
  for (const [index, opening] of openings.entries()) {
    // a loop opens several hosts in one place: they share the stretch
    let next = index + 1;
    while (openings[next]?.origin.start === opening.origin.start) next++;
    const start = openings[index - 1]?.origin.start === opening.origin.start ? sections.at(-1)!.start : owned[index]!.start;
    const end = opening.table ? owned[index]!.end : (owned[next]?.start ?? document.text.length);
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
  for (let index = firstIndex(sections, ({ start }) => start > offset) - 1; index >= 0; index--) {
    const section = sections[index]!;
    if (offset < section.end) return section;
    // sections do not overlap, but for those that share a stretch
    if (section.start < offset && sections[index - 1]?.start !== section.start) break;
  }
  return sections.at(-1)!;
}
