// The first page: the README, with the doors of the site behind its first words.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allNames, optionNames, RULES } from './core.mjs';
import { siteLinks } from './links.mjs';

/**
 * @param {string} top the repository
 * @returns {Record<string, string>} Markdown by path in the site
 */
export function homePage(top) {
  const text = siteLinks(readFileSync(join(top, 'README.md'), 'utf8'), 'README.md', 'index.md', top);
  const doors = [
    '* [LDAP for Jitsi Meet, done right](./guide/ldap.md)',
    `* [${RULES.length} rules](./rules/index.md): what each reports, why it matters, what to write instead`,
    `* [${allNames(optionNames).length} options](./options/index.md) of Prosody 0.12 and 13.0: type, default, who reads them`,
    '* [The library](./api/core.md)',
    '* [The playground](/playground.html){target="_self"}: paste a configuration, or drop the folder; nothing leaves the browser',
  ].join('\n');
  return { 'index.md': `---\nsidebar: false\n---\n\n${text.replace(/^(# .+\n\n[\s\S]*?\n)\n/, `$1\n${doors}\n\n`)}` };
}
