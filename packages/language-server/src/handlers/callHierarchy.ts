import { findFile, incomingIncludes, outgoingIncludes, prepareCallHierarchy } from '@prosodist/language-service';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyIncomingCallsParams,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  CallHierarchyOutgoingCallsParams,
  CallHierarchyPrepareParams,
} from 'vscode-languageserver';
import { guarded, placed, type Server } from '../context.js';
import { pathOfUri } from '../state/paths.js';
import type { Place } from '../state/trees.js';

/** `textDocument/prepareCallHierarchy`, `callHierarchy/incomingCalls` and `outgoingCalls`: who includes what. */
export function callHierarchy(server: Server): void {
  const { callHierarchy: on } = server.connection.languages;
  const prepare = placed(
    server,
    'textDocument/prepareCallHierarchy',
    (): CallHierarchyItem[] | null => null,
    ({ tree, path }, { position }: CallHierarchyPrepareParams) => prepareCallHierarchy(tree, path, position),
  );
  const incoming = guarded(
    server,
    'callHierarchy/incomingCalls',
    (): CallHierarchyIncomingCall[] => [],
    async ({ item }: CallHierarchyIncomingCallsParams) => {
      const place = await placeOf(server, item.uri);
      return place ? incomingIncludes(place.tree, place.path) : [];
    },
  );
  const outgoing = guarded(
    server,
    'callHierarchy/outgoingCalls',
    (): CallHierarchyOutgoingCall[] => [],
    async ({ item }: CallHierarchyOutgoingCallsParams) => {
      const place = await placeOf(server, item.uri);
      return place ? outgoingIncludes(place.tree, place.path) : [];
    },
  );
  on.onPrepare((params, token) => prepare(params, token));
  on.onIncomingCalls((params, token) => incoming(params, token));
  on.onOutgoingCalls((params, token) => outgoing(params, token));
}

/** An item's file need not be open: then it is one of a tree that is. */
async function placeOf({ trees }: Server, uri: string): Promise<Place | undefined> {
  const open = await trees.of(uri);
  const path = pathOfUri(uri);
  if (open || path === undefined) return open;
  const tree = trees.known().find(known => findFile(known, path));
  return tree && { tree, path };
}
