import { isAbsolute } from 'node:path';
import { encode, type Fix, RULES, rulePage, type Severity } from '@prosodist/core';
import type * as Sarif from 'sarif';
import { VERSION } from '../version.js';
import { shownPath } from '../visible.js';
import { maskEdit } from './json.js';
import { type Item, itemOf, itemsOf, type Place, placeOf, prose, type Report } from './report.js';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/** SARIF 2.1.0, which code hosts take: findings with fixes, related places, fingerprints, and what comments hide. */
export function sarifReport(report: Report): string {
  const open = itemsOf(report).map(item => ({ item, hidden: undefined }));
  const hidden = report.trees.flatMap(tree =>
    tree.result.suppressed.map(({ finding, reason }) => ({
      item: itemOf(finding, tree, report.secrets),
      hidden: report.secrets.hide(reason),
    })),
  );
  const all = [...open, ...hidden];
  const reported = new Set(all.map(({ item }) => item.rule));
  const rules = RULES.filter(({ name }) => reported.has(name));
  const log: Sarif.Log = {
    version: '2.1.0',
    $schema: SCHEMA,
    runs: [
      {
        tool: { driver: { name: 'prosodist', semanticVersion: VERSION, version: VERSION, rules: rules.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results: all.map(({ item, hidden }) =>
          resultOf(
            item,
            hidden,
            rules.findIndex(({ name }) => name === item.rule),
            report,
          ),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

const LEVELS: Readonly<Record<Severity, Sarif.ReportingConfiguration.level>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

function ruleOf({ name, severity, summary }: (typeof RULES)[number]): Sarif.ReportingDescriptor {
  const page = rulePage(name);
  return {
    id: name,
    shortDescription: { text: summary },
    defaultConfiguration: { level: LEVELS[severity] },
    ...(page !== undefined && { help: { text: `${summary} \`prosodist explain ${name}\` prints the page.`, markdown: page } }),
  };
}

function resultOf(item: Item, hidden: string | undefined, ruleIndex: number, report: Report): Sarif.Result {
  const fix = item.finding.fix && fixOf(item.finding.fix, item, report);
  return {
    ruleId: item.rule,
    ruleIndex,
    level: LEVELS[item.severity],
    message: { text: prose(item) },
    locations: [{ physicalLocation: physical(item.place) }],
    ...(item.related.length > 0 && {
      relatedLocations: item.related.map(({ message, place }, id) => ({
        id,
        message: { text: message },
        physicalLocation: physical(place),
      })),
    }),
    ...(item.fingerprint !== '' && { partialFingerprints: { 'prosodist/v1': item.fingerprint } }),
    ...(fix && { fixes: [fix] }),
    ...(hidden !== undefined && { suppressions: [{ kind: 'inSource', ...(hidden !== '' && { justification: hidden }) }] }),
  };
}

function physical({ file, line, column, endLine, endColumn }: Place): Sarif.PhysicalLocation {
  return {
    artifactLocation: artifact(file),
    region: { startLine: line, startColumn: column, endLine, endColumn },
  };
}

/** A path as a URI: relative to the folder where the run began, or a `file:` one. */
function artifact(path: string): Sarif.ArtifactLocation {
  return isAbsolute(path) ? { uri: `file://${escaped(path)}` } : { uri: escaped(path), uriBaseId: '%SRCROOT%' };
}

/** Byte by byte, since a name need not be UTF-8. */
function escaped(path: string): string {
  return [...encode(path)]
    .map(byte => String.fromCharCode(byte))
    .map(unit => (/[\w./~-]/.test(unit) ? unit : `%${unit.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`))
    .join('');
}

/** A fix that is edits; one that makes files, or has a secret in it, cannot be shown so. */
function fixOf(fix: Fix, { textOf }: Item, { secrets }: Report): Sarif.Fix | undefined {
  if (fix.creates.length + fix.links.length + (fix.removes?.length ?? 0) > 0) return undefined;
  const changes = new Map<string, Sarif.Replacement[]>();
  for (const edit of fix.edits) {
    const shown = maskEdit(textOf(edit.file) ?? '', edit, secrets);
    if (shown.masked) return undefined;
    const { line, column, endLine, endColumn } = placeOf(edit, textOf);
    const replacement: Sarif.Replacement = {
      deletedRegion: { startLine: line, startColumn: column, endLine, endColumn },
      insertedContent: { text: shown.text },
    };
    changes.set(edit.file, [...(changes.get(edit.file) ?? []), replacement]);
  }
  if (changes.size === 0) return undefined;
  return {
    description: { text: `${secrets.hide(fix.title)} (${fix.safety})` },
    artifactChanges: [...changes].map(([file, replacements]) => ({ artifactLocation: artifact(shownPath(file)), replacements })),
  };
}
