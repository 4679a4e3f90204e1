// Writes the catalogue's generated data from Prosody trees.
//
//   node scripts/catalog/generate.mjs                 write both versions from the labs (test/labs/install-prosody.sh)
//   node scripts/catalog/generate.mjs --check         fail (1) when what is written differs from what the trees give;
//                                                     77 when a tree is not there
//   node scripts/catalog/generate.mjs --tree 13.0=DIR take a version's tree from DIR
//   node scripts/catalog/generate.mjs --report        say also what could not be told from the source
//   node scripts/catalog/generate.mjs --community DIR…  write the community list from checkouts of prosody-modules
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { communityModules } from './community.mjs';
import { emitCommunity, emitVersion } from './emit.mjs';
import { extract } from './extract.mjs';
import { isTree, labTree, versions } from './tree.mjs';

const data = fileURLToPath(new URL('../../packages/core/src/catalog/data/', import.meta.url));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    check: { type: 'boolean' },
    report: { type: 'boolean' },
    community: { type: 'boolean' },
    tree: { type: 'string', multiple: true, default: [] },
  },
});
const given = Object.fromEntries(values.tree.map(argument => argument.split(/=(.*)/s)));

/** Writes a data file, or with --check compares it. */
function settle(name, text) {
  const path = join(data, name);
  if (values.check) {
    const same = existsSync(path) && readFileSync(path, 'utf8') === text;
    console.log(`${name}: ${same ? 'up to date' : 'differs from what the tree gives; run `npm run catalog`'}`);
    if (!same) process.exitCode = 1;
    return;
  }
  mkdirSync(data, { recursive: true });
  writeFileSync(path, text);
  console.log(`${name}: ${Math.ceil(text.length / 1024)} KB`);
}

const known = new Set();
for (const version of versions) {
  const root = given[version] ?? labTree(version);
  if (!isTree(root)) {
    console.error(`no Prosody ${version} in ${root}: run test/labs/install-prosody.sh ${version}`);
    process.exit(77);
  }
  const extracted = extract(root);
  for (const name of extracted.modules.keys()) known.add(name);
  if (values.report) {
    for (const { file, line, name } of extracted.dynamic) console.log(`${version}: ${file}:${line}: name not known: ${name}`);
  }
  for (const problem of extracted.unparsed) console.log(`${version}: not parsed: ${problem}`);
  if (!values.community) settle(`prosody-${version}.generated.ts`, emitVersion(version, extracted));
}
if (values.community) settle('community.generated.ts', emitCommunity(communityModules(positionals, known)));
