import { hover as hoverOf } from '@prosodist/language-service';
import type { Hover, HoverParams } from 'vscode-languageserver';
import { guarded, type Server } from '../context.js';

/** `textDocument/hover` */
export function hover(server: Server): void {
  const handle = guarded(
    server,
    'textDocument/hover',
    (): Hover | null => null,
    async ({ textDocument, position }: HoverParams) => {
      const place = await server.trees.of(textDocument.uri);
      return place ? hoverOf(place.tree, place.path, position, { markdown: server.client.markdown }) : null;
    },
  );
  server.connection.onHover((params, token) => handle(params, token));
}
