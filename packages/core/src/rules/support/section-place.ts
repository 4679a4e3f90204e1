import type { Origin, Section } from '../../evaluate/index.js';
import type { Related } from '../finding.js';

/**
 * Where a section begins: at its first opening, or, of one that no opening leads to (`__currenthost` was written over, or
 * the opening is lost to a syntax error), at its first option.
 */
export function sectionPlace({ openings, options }: Section): Origin | undefined {
  const [first] = options.values();
  return openings[0]?.nameOrigin ?? first?.setting.nameOrigin;
}

/** The sections as other places of a finding. */
export function sectionsAsRelated(message: string, sections: readonly Section[]): Related[] {
  return sections.flatMap(section => {
    const at = sectionPlace(section);
    return at ? [{ message, at }] : [];
  });
}
