import { checkstyleReport } from './checkstyle.js';
import { compactReport } from './compact.js';
import { githubReport } from './github.js';
import { gitlabReport } from './gitlab.js';
import { jsonReport } from './json.js';
import { jsonLinesReport } from './jsonl.js';
import { junitReport } from './junit.js';
import { rdjsonReport } from './rdjson.js';
import type { Report } from './report.js';
import { sarifReport } from './sarif.js';
import { textReport } from './text.js';

/** Every format that findings are printed in. */
export const FORMATS = {
  text: report => textReport(report.trees, report.summary, report, report.statistics),
  compact: compactReport,
  json: report => jsonReport(report.trees, report.summary, report.secrets, report.statistics),
  jsonl: jsonLinesReport,
  sarif: sarifReport,
  github: githubReport,
  gitlab: gitlabReport,
  junit: junitReport,
  checkstyle: checkstyleReport,
  rdjson: rdjsonReport,
} as const satisfies Readonly<Record<string, (report: Report) => string>>;

export type FormatName = keyof typeof FORMATS;
