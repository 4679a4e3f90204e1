import type { Server } from '../context.js';
import { allReports, type Report } from '../state/reports.js';

/** Sends `textDocument/publishDiagnostics` to clients that do not ask: what has changed, and what is gone. */
export function pushDiagnostics(server: Server): void {
  const published = new Map<string, { readonly version: number | undefined; readonly report: Report }>();
  server.afterChange(async () => {
    if (server.client.pullsDiagnostics) return;
    const { connection, documents } = server;
    const reports = await allReports(server, server.client);
    for (const report of reports.values()) {
      const { uri, items } = report;
      const version = documents.get(uri)?.version;
      const before = published.get(uri);
      // a client drops what is not of its version, so a new version needs its diagnostics even where they are the same
      if (before && before.version === version && before.report.id === report.id) continue;
      published.set(uri, { version, report });
      const params = { uri, diagnostics: items, ...(version === undefined ? {} : { version }) };
      await connection.sendDiagnostics(server.positions.toClient(params, params));
    }
    for (const uri of [...published.keys()].filter(known => !reports.has(known))) {
      published.delete(uri);
      await connection.sendDiagnostics({ uri, diagnostics: [] });
    }
  });
}
