import type { Server } from '../context.js';
import { allReports } from '../state/reports.js';

/** Sends `textDocument/publishDiagnostics` to clients that do not ask: what has changed, and what is gone. */
export function pushDiagnostics(server: Server): void {
  const published = new Map<string, string>();
  server.afterChange(async () => {
    if (server.client.pullsDiagnostics) return;
    const { connection, documents } = server;
    const reports = await allReports(server, server.client);
    for (const { uri, items, id } of reports.values()) {
      const version = documents.get(uri)?.version;
      // a client drops what is not of its version, so a new version needs its diagnostics even where they are the same
      const key = `${version ?? ''} ${id}`;
      if (published.get(uri) === key) continue;
      published.set(uri, key);
      const params = { uri, diagnostics: items, ...(version === undefined ? {} : { version }) };
      await connection.sendDiagnostics(server.positions.toClient(params, params));
    }
    for (const uri of [...published.keys()].filter(known => !reports.has(known))) {
      published.delete(uri);
      await connection.sendDiagnostics({ uri, diagnostics: [] });
    }
  });
}
