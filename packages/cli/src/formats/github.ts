import { itemsOf, prose, type Report } from './report.js';

/** Commands that GitHub Actions turns into annotations. */
export function githubReport(report: Report): string {
  return itemsOf(report)
    .map(item => {
      const { file, line, column, endLine, endColumn } = item.place;
      const command = { error: 'error', warning: 'warning', info: 'notice' }[item.severity];
      // GitHub takes columns only where both are in one line
      const columns = line === endLine ? { col: column, endColumn } : {};
      const values = Object.entries({ title: `prosodist: ${item.rule}`, file, line, endLine, ...columns });
      return `::${command} ${values.map(([name, value]) => `${name}=${property(String(value))}`).join(',')}::${data(prose(item))}\n`;
    })
    .join('');
}

function data(text: string): string {
  return text.replace(/[%\r\n]/g, unit => `%${unit.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}

function property(text: string): string {
  return text.replace(/[%\r\n:,]/g, unit => `%${unit.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}
