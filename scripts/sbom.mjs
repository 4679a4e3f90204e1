// npm run sbom: what is inside of what is shipped, as CycloneDX: dist/prosodist.cdx.json. The Debian package has it, too.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './run.mjs';

/** Out: the bill of materials of the command line with all it bundles. Two runs give the same: number and time are left out. */
export function sbom() {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--workspace', 'prosodist'];
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(`npm sbom\n${stderr}`);
  const { serialNumber: _number, ...bill } = JSON.parse(stdout);
  delete bill.metadata.timestamp;
  return bill;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const bill = sbom();
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(join(root, 'dist/prosodist.cdx.json'), `${JSON.stringify(bill, null, 2)}\n`);
  console.log(`dist/prosodist.cdx.json: ${bill.components.length} components`);
}
