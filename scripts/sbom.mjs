// npm run sbom: what is inside of what is shipped, as CycloneDX: dist/prosodist.cdx.json. The Debian package has it, too.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './run.mjs';

/**
 * In: the version of Node that is inside too, for the executable.
 * Out: the bill of materials of the command line with all it bundles. Two runs give the same: number and time are left out, and the
 * program stands in the place of this repository, which npm names after the folder it is in.
 */
export function sbom(node) {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--workspace', 'prosodist'];
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(`npm sbom\n${stderr}`);
  const { serialNumber: _number, metadata, components, dependencies, ...bill } = JSON.parse(stdout);
  // npm takes the names of our own from their folders, too; the references have the true ones
  const named = components.map(each => ({ ...each, name: each['bom-ref'].slice(0, each['bom-ref'].lastIndexOf('@')) }));
  const program = named.find(({ name }) => name === 'prosodist');
  const { timestamp: _time, component: repository, ...rest } = metadata;
  const runtime = node === undefined ? [] : [nodeComponent(node)];
  const needs = { ref: program['bom-ref'], dependsOn: runtime.map(each => each['bom-ref']) };
  return {
    ...bill,
    metadata: { ...rest, component: { ...program, type: 'application' } },
    components: [...named.filter(each => each !== program), ...runtime],
    dependencies: [
      ...dependencies
        .filter(({ ref }) => ref !== repository['bom-ref'])
        .map(each => (each.ref === needs.ref ? { ...each, dependsOn: [...each.dependsOn, ...needs.dependsOn] } : each)),
      ...runtime.map(each => ({ ref: each['bom-ref'], dependsOn: [] })),
    ],
  };
}

function nodeComponent(version) {
  return {
    'bom-ref': `node@${version}`,
    type: 'framework',
    name: 'node',
    version,
    scope: 'required',
    description: 'The JavaScript runtime that the executable is made of',
    purl: `pkg:generic/node@${version}`,
    externalReferences: [{ type: 'website', url: 'https://nodejs.org' }],
    licenses: [{ license: { id: 'MIT' } }],
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const bill = sbom();
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(join(root, 'dist/prosodist.cdx.json'), `${JSON.stringify(bill, null, 2)}\n`);
  console.log(`dist/prosodist.cdx.json: ${bill.components.length} components`);
}
