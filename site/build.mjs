// npm run site: makes the pages from the repository's own sources (site/content), and the site of them: site/dist/html, static
// files for any web server. Nothing in it is written by hand twice: what a page says stands in docs, beside a rule, in the catalogue.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vitepress';
import { buildPlayground, PAGE } from '../scripts/playground.mjs';
import { apiPages } from './content/api.mjs';
import { docsPages } from './content/docs.mjs';
import { homePage } from './content/home.mjs';
import { modulePages } from './content/modules.mjs';
import { optionPages } from './content/options.mjs';
import { rulePages } from './content/rules.mjs';

const site = dirname(fileURLToPath(import.meta.url));
const top = dirname(site);
const staged = join(site, 'dist/pages');

rmSync(join(site, 'dist'), { recursive: true, force: true });
const pages = { ...docsPages(top), ...rulePages(top), ...optionPages(), ...modulePages(), ...apiPages(top), ...homePage(top) };
for (const [file, text] of Object.entries(pages)) {
  mkdirSync(dirname(join(staged, file)), { recursive: true });
  writeFileSync(join(staged, file), text);
}
mkdirSync(join(staged, 'public'), { recursive: true });
for (const schema of ['prosodist.schema.json', 'operations.schema.json'])
  cpSync(join(top, 'docs', schema), join(staged, 'public', schema));
cpSync(join(top, 'docs/images'), join(staged, 'public/images'), { recursive: true });

// the page that reads a configuration in the browser, as it is
await buildPlayground();
cpSync(PAGE, join(staged, 'public/playground.html'));

await build(site);

const { user, system } = process.cpuUsage();
console.log(`${((user + system) / 1e6).toFixed(1)} s of the processor`);
