import { itemsOf, prose, type Report } from './report.js';

/** GitLab's Code Quality report: a list of issues (docs.gitlab.com, "Code Quality report format"). */
export function gitlabReport(report: Report): string {
  const issues = itemsOf(report).map(item => ({
    description: prose(item),
    check_name: item.rule,
    fingerprint: item.fingerprint,
    severity: { error: 'critical', warning: 'major', info: 'info' }[item.severity],
    location: { path: item.place.file, lines: { begin: item.place.line, end: item.place.endLine } },
  }));
  return `${JSON.stringify(issues, null, 2)}\n`;
}
