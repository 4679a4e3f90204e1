import { jsonFinding } from './json.js';
import type { Report } from './report.js';

/** One JSON object a line and finding, each as in the JSON format; for programs that read as it comes. */
export function jsonLinesReport({ trees, secrets }: Report): string {
  return trees
    .flatMap(tree => tree.findings.map(finding => JSON.stringify(jsonFinding(finding, tree.textOf, secrets))))
    .map(line => `${line}\n`)
    .join('');
}
