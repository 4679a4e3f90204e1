import { diagnostics, filesWithFindings, SOURCE, type Tree } from '@prosodist/language-service';
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import type { ClientFeatures } from '../client.js';
import type { ProjectSettings } from '../environment.js';
import type { Documents } from './documents.js';
import { fingerprint } from './fingerprint.js';
import { uriOfPath } from './paths.js';
import type { Place, Trees } from './trees.js';

/** The diagnostics of one file. */
export interface Report {
  readonly uri: string;
  readonly items: Diagnostic[];
  /** A name for them that is the same as long as they are; made when it is asked for. */
  readonly id: string;
}

/** The diagnostics of one file of a tree. */
export function reportOf(uri: string, { tree, path }: Pick<Place, 'tree' | 'path'>, client: ClientFeatures): Report {
  return makeReport(uri, diagnostics(tree, path, client.diagnostics));
}

export function makeReport(uri: string, items: Diagnostic[]): Report {
  let id: string | undefined;
  return {
    uri,
    items,
    get id() {
      id ??= fingerprint(JSON.stringify(items));
      return id;
    },
  };
}

/**
 * The diagnostics of every open document, and of the other files of their trees that have any; by URI.
 * @param age the oldest state of the disk that will do, in milliseconds
 */
export async function allReports(
  { documents, trees }: { documents: Documents; trees: Trees },
  client: ClientFeatures,
  age?: number,
): Promise<Map<string, Report>> {
  const reports = new Map<string, Report>();
  const used = new Set<Tree>();
  // a document may belong to the tree of another one, which is known only when that has been read
  for (const { uri } of documents.all()) await trees.of(uri, age);
  for (const { uri } of documents.all()) {
    const place = await trees.of(uri, age);
    if (!place) continue;
    used.add(place.tree);
    const { file, problems = [] } = place.project ?? {};
    if (file !== undefined && problems.length > 0) reports.set(uriOfPath(file), settingsReport(file, problems));
    reports.set(uri, reportOf(uri, place, client));
  }
  for (const tree of used) {
    for (const path of filesWithFindings(tree)) {
      const uri = tree.uriOf(path);
      // an open document has its report, from the tree that it belongs to
      if (!reports.has(uri) && !documents.get(uri)) reports.set(uri, reportOf(uri, { tree, path }, client));
    }
  }
  trees.keepOnly(used);
  return reports;
}

/** What is wrong in a `prosodist.json`, or with the baseline that it names. */
function settingsReport(file: string, problems: ProjectSettings['problems']): Report {
  const items = problems.map(({ line, column, message }): Diagnostic => {
    const start = { line: line - 1, character: column - 1 };
    const end = { line: start.line, character: start.character + 1 };
    return {
      range: { start, end },
      severity: DiagnosticSeverity.Error,
      source: SOURCE,
      code: 'settings',
      message,
    };
  });
  return makeReport(uriOfPath(file), items);
}
