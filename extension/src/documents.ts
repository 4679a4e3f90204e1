import { l10n, Range, type TextDocument, ViewColumn, window, workspace } from 'vscode';
import { converters } from './web-files.js';

/**
 * What the server is given. Whoever maps `.cfg.lua` back to Lua (for another Lua tool) keeps Prosodist; of other Lua only what lies
 * in a folder of Prosody's is given, and there the server looks at the text. No scheme is asked for: untitled and virtual documents
 * are checked too.
 */
export const documentSelector: { language: string; pattern?: string }[] = [
  { language: 'prosody' },
  { language: 'lua', pattern: '**/*.cfg.lua' },
  { language: 'lua', pattern: '**/prosody/**/*.lua' },
];

/** Documents that the server makes are no configurations to ask about. */
const MADE = /^prosodist-/;

/** Whether a document is one that the server is given. */
export function isOurs({ languageId, uri }: TextDocument): boolean {
  if (MADE.test(uri.scheme)) return false;
  return languageId === 'prosody' || (languageId === 'lua' && /\.cfg\.lua$|\/prosody\/.*\.lua$/.test(uri.path));
}

const MOST = 20;

/** Opens the main file of the folder, without showing it; which one, where there are several, is asked. */
export async function openConfiguration(): Promise<TextDocument | undefined> {
  const found = await workspace.findFiles('**/prosody.cfg.lua', '**/node_modules/**', MOST);
  const [only] = found;
  if (found.length === 1 && only) return workspace.openTextDocument(only);
  if (found.length === 0) return undefined;
  const items = found.map(uri => ({ label: workspace.asRelativePath(uri), uri }));
  const chosen = await window.showQuickPick(items, { placeHolder: l10n.t('Which configuration?') });
  return chosen && workspace.openTextDocument(chosen.uri);
}

/** Shows a document at a place; beside the panel rather than in its stead. */
export async function goTo({ uri, range }: { uri: string; range: { start: Spot; end: Spot } }): Promise<void> {
  const selection = new Range(range.start.line, range.start.character, range.end.line, range.end.character);
  await window.showTextDocument(converters.protocol2Code(uri), { selection, viewColumn: ViewColumn.One });
}

interface Spot {
  readonly line: number;
  readonly character: number;
}
