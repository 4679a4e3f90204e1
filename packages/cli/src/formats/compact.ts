import { visible } from '../visible.js';
import { itemsOf, type Report } from './report.js';

/** One line a finding, as compilers write them and editors read them: `file:line:column: severity: message [rule]`. */
export function compactReport(report: Report): string {
  return itemsOf(report)
    .map(({ place: { file, line, column }, severity, message, rule }) =>
      oneLine(`${file}:${line}:${column}: ${severity}: ${message} [${rule}]`),
    )
    .map(line => `${line}\n`)
    .join('');
}

function oneLine(text: string): string {
  return visible(text).replaceAll('\n', ' ');
}
