// The pages of docs, in the site below guide/.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { docsGroups, siteLinks } from './links.mjs';

/**
 * @param {string} top the repository
 * @returns {Record<string, string>} Markdown by path in the site
 */
export function docsPages(top) {
  const files = docsGroups(top).flatMap(group => group.files);
  return Object.fromEntries(
    files.map(file => [
      `guide/${file}`,
      siteLinks(readFileSync(join(top, 'docs', file), 'utf8'), `docs/${file}`, `guide/${file}`, top),
    ]),
  );
}

/**
 * The title of a page of docs: its first heading, without marks.
 * @param {string} top the repository
 * @param {string} file its name in docs
 */
export function titleOf(top, file) {
  return (/^# (.+)$/m.exec(readFileSync(join(top, 'docs', file), 'utf8'))?.[1] ?? file).replaceAll('`', '');
}
