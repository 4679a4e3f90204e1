import { byFile, itemsOf, prose, type Report } from './report.js';
import { attributes } from './xml.js';

/** Checkstyle's XML, which many build servers read. */
export function checkstyleReport(report: Report): string {
  const files = [...byFile(itemsOf(report))].map(([file, items]) => {
    const errors = items.map(
      item =>
        `    <error${attributes({
          line: item.place.line,
          column: item.place.column,
          severity: item.severity,
          message: prose(item),
          source: `prosodist.${item.rule}`,
        })}/>\n`,
    );
    return `  <file${attributes({ name: file })}>\n${errors.join('')}  </file>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n${files.join('')}</checkstyle>\n`;
}
