import type { Configuration, Origin } from '../evaluate/index.js';
import { commonEnd, commonStart } from '../text/index.js';

/** Where a place of an earlier text is now; null where it was changed. The place itself where nothing before it was changed. */
export type Moves = (place: Origin) => Origin | null;

/** How places have moved between two readings of one tree; undefined where files have come or gone. */
export function moves(before: Configuration, after: Configuration): Moves | undefined {
  const edits = new Map<string, { from: number; to: number; by: number }>();
  for (const [file, { text }] of before.documents) {
    const now = after.documents.get(file)?.text;
    if (now === undefined) return undefined;
    if (now !== text) edits.set(file, editBetween(text, now));
  }
  if (after.documents.size !== before.documents.size) return undefined;
  return place => {
    const edit = edits.get(place.file);
    if (!edit || place.end <= edit.from) return place;
    if (place.start < edit.to) return null;
    // an object of its own even where it has not moved: it may be on another line
    return { file: place.file, start: place.start + edit.by, end: place.end + edit.by };
  };
}

/** The stretch of the old text that is another one now, and how far what is behind it has moved. */
function editBetween(old: string, now: string): { from: number; to: number; by: number } {
  const from = commonStart(old, now);
  const same = commonEnd(old, now, from);
  return { from, to: old.length - same, by: now.length - old.length };
}
