import type {
  DocumentDiagnosticParams,
  DocumentDiagnosticReport,
  WorkspaceDiagnosticParams,
  WorkspaceDiagnosticReport,
} from 'vscode-languageserver';
import { guarded, logError, type Server } from '../context.js';
import { pathOfUri, uriOfPath } from '../state/paths.js';
import { allReports, makeReport, type Report, reportOf } from '../state/reports.js';

/** Clients ask for the workspace every few seconds: a disk that nobody says has changed is looked at less often. */
const WORKSPACE_AGE = 10_000;

/** Files in one part of the answer about the workspace. */
const PART = 20;

/**
 * `textDocument/diagnostic` and `workspace/diagnostic`, for clients that ask. Such a client is asked to ask again when a file
 * that it did not change itself has other diagnostics now.
 */
export function pullDiagnostics(server: Server): void {
  const { connection, documents, trees } = server;
  const reported = new Map<string, { readonly id: string; readonly version: number | null }>();
  /** What the client shows findings of, as far as it was told here. */
  const shown = new Set<string>();
  const versionOf = (uri: string) => documents.get(uri)?.version ?? null;
  /** The client may write the URI of a closed file in another way than the server does. */
  const ownUri = (uri: string) => {
    const path = documents.get(uri) ? undefined : pathOfUri(uri);
    return path === undefined ? uri : uriOfPath(path);
  };
  const full = (report: Report, previous: string | undefined): DocumentDiagnosticReport => {
    reported.set(report.uri, { id: report.id, version: versionOf(report.uri) });
    if (report.items.length > 0) shown.add(report.uri);
    else shown.delete(report.uri);
    if (report.id === previous) return { kind: 'unchanged', resultId: report.id };
    return { kind: 'full', resultId: report.id, items: report.items };
  };

  const document = guarded(
    server,
    'textDocument/diagnostic',
    (): DocumentDiagnosticReport => ({ kind: 'full', items: [] }),
    async ({ textDocument: { uri }, previousResultId }: DocumentDiagnosticParams) => {
      const place = await trees.of(uri);
      return full(place ? reportOf(uri, place, server.client) : makeReport(uri, []), previousResultId);
    },
  );
  const workspace = guarded(
    server,
    'workspace/diagnostic',
    (): WorkspaceDiagnosticReport => ({ items: [] }),
    async ({ previousResultIds }: WorkspaceDiagnosticParams) => {
      const previous = new Map(previousResultIds.map(({ uri, value }) => [ownUri(uri), value]));
      const reports = await allReports(server, server.client, WORKSPACE_AGE);
      // VS Code asks a last time for what it closes, shows the answer and forgets that it has it: it has to be told all the same
      for (const uri of [...previous.keys(), ...shown]) if (!reports.has(uri)) reports.set(uri, makeReport(uri, []));
      const items = [...reports.values()].map(report => {
        return { ...full(report, previous.get(report.uri)), uri: report.uri, version: versionOf(report.uri) };
      });
      return { items };
    },
  );
  connection.languages.diagnostics.on((params, token) => document(params, token));
  connection.languages.diagnostics.onWorkspace(async (params, token, progress, partial) => {
    progress.begin('Checking the configuration', 0, undefined, true);
    try {
      const { items } = await workspace(params, token);
      if (!partial) return { items };
      // a client that takes parts gets them as they are written, and nothing at the end
      for (let at = 0; at < items.length; at += PART) {
        if (token.isCancellationRequested) break;
        partial.report({ items: items.slice(at, at + PART) });
        progress.report(Math.round((100 * at) / items.length));
      }
      return { items: [] };
    } finally {
      progress.done();
    }
  });

  server.afterChange(async () => {
    if (!server.client.pullsDiagnostics || !server.client.refreshesDiagnostics) return;
    const reports = await allReports(server, server.client);
    let stale = false;
    for (const [uri, { id, version }] of reported) {
      // whoever has changed a document asks for its diagnostics anyway; but a client that is started asks before it opens, and not again
      const unchanged = versionOf(uri) === version || version === null;
      if (unchanged && (reports.get(uri) ?? makeReport(uri, [])).id === id) continue;
      stale ||= unchanged;
      // told once: whoever wants to know asks, and is told anew when it changes again
      reported.delete(uri);
    }
    if (stale) connection.languages.diagnostics.refresh().catch(error => logError(server, 'workspace/diagnostic/refresh', error));
  });
}
