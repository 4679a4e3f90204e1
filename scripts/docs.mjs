#!/usr/bin/env node
// Makes what is generated from the rules' folders: the pages as a module (for `prosodist explain` and hovers) and the table
// in docs/rules.md, the schemas of prosodist.json and of a file of operations, docs/parity.md from its fixtures, the tables of
// extension/README.md from its package.json, and docs/features.md from what the language server says of itself. `--check`
// writes nothing and fails where a file is not what it should be. Words of the extension that its translators do not get fail it, too.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { extensionReadme, extensionWords } from './extension.mjs';
import { featuresPage } from './features.mjs';
import { parityTable, readChecks } from './parity.mjs';

const top = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const rulesFolder = path.join(top, 'packages/core/src/rules');
const check = process.argv.includes('--check');

const pages = Object.fromEntries(
  readdirSync(rulesFolder)
    .sort()
    .map(name => [name, path.join(rulesFolder, name, 'rule.md')])
    .filter(([, page]) => existsSync(page))
    .map(([name, page]) => [name, readFileSync(page, 'utf8')]),
);

const outputs = {
  'packages/core/src/rules/pages.generated.ts': pagesModule(),
  'docs/parity.md': parityTable(readChecks(path.join(top, 'test/fixtures/parity'))),
  'extension/README.md': extensionReadme(path.join(top, 'extension')),
};
const built = path.join(top, 'packages/core/dist/index.js');
// the table needs the rules themselves, so a build; the pages do not, because the build needs them
if (existsSync(built)) {
  const { OPERATIONS_SCHEMA_FILE, operationsSchema, RULES, SCHEMA_FILE, settingsSchema } = await import(
    pathToFileURL(built).href
  );
  outputs['docs/rules.md'] = table(RULES);
  outputs[SCHEMA_FILE] = `${JSON.stringify(settingsSchema(), null, 2)}\n`;
  outputs[OPERATIONS_SCHEMA_FILE] = `${JSON.stringify(operationsSchema(), null, 2)}\n`;
}

const server = path.join(top, 'packages/language-server/dist/index.js');
if (existsSync(server)) {
  const { FEATURES } = await import(pathToFileURL(server).href);
  outputs['docs/features.md'] = featuresPage(FEATURES);
}

let stale = 0;
for (const [file, text] of Object.entries(outputs)) {
  const target = path.join(top, file);
  if (existsSync(target) && readFileSync(target, 'utf8') === text) continue;
  stale += 1;
  if (check) console.error(`${file} is not what scripts/docs.mjs makes; run npm run docs`);
  else {
    writeFileSync(target, text);
    console.log(`${file} written`);
  }
}
const strayWords = extensionWords(path.join(top, 'extension'));
for (const stray of strayWords) console.error(stray);
process.exitCode = (check && stale > 0) || strayWords.length > 0 ? 1 : 0;

function pagesModule() {
  const entries = Object.entries(pages).map(([name, text]) => `  ${JSON.stringify(name)}:\n    ${JSON.stringify(text)},`);
  return `// Made by scripts/docs.mjs from the pages beside the rules; do not edit.\n// A function: most runs need no page.\nexport const pages = (): Readonly<Record<string, string>> => ({\n${entries.join('\n')}\n});\n`;
}

function table(rules) {
  const rows = rules.map(
    rule =>
      `| [${rule.name}](../packages/core/src/rules/${rule.name}/rule.md) | ${rule.severity} | ${rule.fixable} | ${rule.summary} |`,
  );
  return [
    '# Rules',
    '',
    'Made by `npm run docs` from the rules; each page has examples, which are executed as tests.',
    '',
    '| rule | severity | fix | reports |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
