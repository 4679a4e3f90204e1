import { definition as definitionOf } from '@prosodist/language-service';
import type { DefinitionParams, Location, LocationLink } from 'vscode-languageserver';
import { placed, type Server } from '../context.js';

/** `textDocument/definition` and `textDocument/declaration`: they are the same here. */
export function definition(server: Server): void {
  const { connection } = server;
  const handleAs = (method: string) =>
    placed(
      server,
      method,
      (): Location[] | LocationLink[] => [],
      ({ tree, path }, { position }: DefinitionParams) => {
        const links = definitionOf(tree, path, position);
        return server.client.definitionLinks
          ? links
          : links.map(({ targetUri, targetSelectionRange }) => ({ uri: targetUri, range: targetSelectionRange }));
      },
    );
  const onDefinition = handleAs('textDocument/definition');
  const onDeclaration = handleAs('textDocument/declaration');
  connection.onDefinition((params, token) => onDefinition(params, token));
  connection.onDeclaration((params, token) => onDeclaration(params, token));
}
