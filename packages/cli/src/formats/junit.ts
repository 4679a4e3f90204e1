import { byFile, filesOf, itemsOf, prose, type Report } from './report.js';
import { attributes, xml } from './xml.js';

/** JUnit's XML: a suite for each file, a failed case for each finding; a file without findings is one case that passes. */
export function junitReport(report: Report): string {
  const found = byFile(itemsOf(report));
  const names = [...new Set([...filesOf(report), ...found.keys()])];
  const suites = names.map(file => {
    const items = found.get(file) ?? [];
    const cases = items.map(item => {
      const { line, column } = item.place;
      const name = `${item.rule} (${line}:${column})`;
      const failure = `<failure${attributes({ type: item.severity, message: item.message })}>${xml(`${file}:${line}:${column}: ${prose(item)}`)}</failure>`;
      return `    <testcase${attributes({ name, classname: file, file, line })}>${failure}</testcase>\n`;
    });
    const passed = `    <testcase${attributes({ name: 'prosodist', classname: file, file })}/>\n`;
    const counts = { name: file, tests: Math.max(1, items.length), failures: items.length, errors: 0 };
    return `  <testsuite${attributes(counts)}>\n${cases.length > 0 ? cases.join('') : passed}  </testsuite>\n`;
  });
  const failures = [...found.values()].flat().length;
  const tests = names.reduce((sum, file) => sum + Math.max(1, found.get(file)?.length ?? 0), 0);
  const counts = { name: 'prosodist', tests, failures, errors: 0 };
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes(counts)}>\n${suites.join('')}</testsuites>\n`;
}
