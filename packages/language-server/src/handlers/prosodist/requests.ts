import { virtualUri } from '@prosodist/language-service';
import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { guarded, type Server } from '../../context.js';
import type { Watcher } from '../../live/types.js';
import type { Place } from '../../state/trees.js';
import { overviewOf } from './overview.js';
import { pathOf } from './path.js';
import { applyPlan, planView } from './plan.js';
import type {
  ApplyAnswer,
  ApplyAsked,
  Asked,
  Overview,
  PathAsked,
  PathView,
  PlanAsked,
  PlanView,
  SuggestAsked,
  Suggestion,
} from './protocol.js';
import { starter } from './starter.js';

/**
 * The requests of Prosodist's own, `prosodist/…`. A directory is asked by these alone, never by anything that an editor sends by
 * itself, and only where the person trusts what is open.
 */
export function prosodistRequests(server: Server): void {
  const { connection } = server;
  connection.onNotification('prosodist/trusted', ({ trusted }: { trusted: boolean }) => {
    server.trusted = trusted === true;
  });
  answer<Asked, Overview>(server, 'prosodist/overview', async params => overviewOf(await placeOf(server, params)));
  answer<Asked & { scope: string }, { uri: string }>(server, 'prosodist/effective', async ({ textDocument, scope }) => {
    return { uri: virtualUri({ kind: 'effective', of: textDocument.uri, scope }) };
  });
  answer<PathAsked, PathView>(server, 'prosodist/path', async (params, watcher) => {
    if (params.directory) refuseUntrusted(server);
    return pathOf(server, await placeOf(server, params), params, watcher);
  });
  answer<SuggestAsked, Suggestion>(server, 'prosodist/suggest', async (params, watcher) => {
    refuseUntrusted(server);
    const place = params.textDocument && (await server.trees.of(params.textDocument.uri));
    const allowPlaintext =
      params.allowPlaintext ?? (place && (await server.settings.of(params.textDocument!.uri)).allowPlaintext);
    return server.environment.live!.suggest(place?.tree.entry, { ...params, allowPlaintext }, watcher);
  });
  answer<PlanAsked, PlanView>(server, 'prosodist/plan', async params => planView(await placeOf(server, params), params));
  answer<ApplyAsked, ApplyAnswer>(server, 'prosodist/apply', async params =>
    applyPlan(server, await placeOf(server, params), params),
  );
  answer<{ host: string }, { text: string }>(server, 'prosodist/starter', async ({ host }) => ({ text: starter(host) }));
}

/** Serves a request whose failure is an answer that people read. */
function answer<Params, Answer>(
  server: Server,
  method: string,
  handle: (params: Params, watcher: Watcher) => Promise<Answer>,
): void {
  const listen = (params: Params & { workDoneToken?: string | number }, token: CancellationToken): Promise<unknown> => {
    const controller = new AbortController();
    const subscription = token.onCancellationRequested(() => controller.abort());
    const { workDoneToken } = params;
    const tell = (message: string) => {
      if (workDoneToken !== undefined)
        void server.connection.sendNotification('prosodist/progress', { token: workDoneToken, message });
    };
    const failed = (): Answer => {
      throw new ResponseError(LSPErrorCodes.RequestFailed, 'That failed; the output panel of Prosodist tells more.');
    };
    const run = guarded(server, method, failed, (asked: Params) => handle(asked, { signal: controller.signal, tell }));
    return run(params, token).finally(() => subscription.dispose());
  };
  server.connection.onRequest(method, listen);
}

async function placeOf({ trees }: Server, { textDocument }: Asked): Promise<Place> {
  const place = await trees.of(textDocument.uri);
  if (!place) throw new ResponseError(LSPErrorCodes.RequestFailed, 'Open a configuration of Prosody first: this file is none.');
  return place;
}

function refuseUntrusted({ trusted, environment }: Server): void {
  if (!trusted)
    throw new ResponseError(
      LSPErrorCodes.RequestFailed,
      'This workspace is not trusted: its settings would decide which servers are contacted. Trust it first (Workspaces: Manage Workspace Trust).',
    );
  if (!environment.live)
    throw new ResponseError(
      LSPErrorCodes.RequestFailed,
      'A web page reaches no directory: open the folder in VS Code on a computer.',
    );
}
