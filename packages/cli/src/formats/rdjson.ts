import { encode, lineStart, type Origin } from '@prosodist/core';
import { maskEdit } from './json.js';
import { type Item, itemsOf, type Place, placeOf, prose, type Report } from './report.js';

/** reviewdog's diagnostic format (rdjson). Its columns count bytes of UTF-8. */
export function rdjsonReport(report: Report): string {
  const diagnostics = itemsOf(report).map(item => {
    const suggestions = suggestionsOf(item, report);
    return {
      message: prose(item),
      location: location(item.place, item.finding.at, item.textOf),
      severity: { error: 'ERROR', warning: 'WARNING', info: 'INFO' }[item.severity],
      code: { value: item.rule },
      ...(suggestions.length > 0 && { suggestions }),
      ...(item.related.length > 0 && {
        relatedLocations: item.related.map(({ message, place }, at) => ({
          message,
          location: location(place, item.finding.related[at]!.at, item.textOf),
        })),
      }),
    };
  });
  return `${JSON.stringify({ source: { name: 'prosodist' }, diagnostics }, null, 2)}\n`;
}

function location(place: Place, at: Origin, textOf: Item['textOf']) {
  const text = textOf(at.file) ?? '';
  return {
    path: place.file,
    range: {
      start: { line: place.line, column: byteColumn(text, at.start) },
      end: { line: place.endLine, column: byteColumn(text, at.end) },
    },
  };
}

function byteColumn(text: string, offset: number): number {
  const at = Math.min(offset, text.length);
  return encode(text.slice(lineStart(text, at), at)).length + 1;
}

/** A fix that is edits of this one file; one with a secret in it must not be made as it is shown, so it is not. */
function suggestionsOf({ finding: { fix, at }, textOf }: Item, { secrets }: Report) {
  if (!fix || fix.creates.length + fix.links.length + (fix.removes?.length ?? 0) > 0) return [];
  const text = textOf(at.file);
  if (text === undefined || fix.edits.some(edit => edit.file !== at.file)) return [];
  const edits = fix.edits.map(edit => ({ origin: edit, shown: maskEdit(text, edit, secrets) }));
  if (edits.some(({ shown }) => shown.masked)) return [];
  return edits.map(({ origin, shown }) => ({ range: location(placeOf(origin, textOf), origin, textOf).range, text: shown.text }));
}
