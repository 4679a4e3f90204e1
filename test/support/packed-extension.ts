import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const top = fileURLToPath(new URL('../..', import.meta.url));
const extension = path.join(top, 'extension');
/** What does not go into the package. */
const LEFT_OUT = /^(?:node_modules|src|types)$|\.(?:vsix|map|tsbuildinfo)$/;

/**
 * The packed extension, made of what `npm run build` left. Packing takes many seconds, so that it is done again only where something
 * in it is newer than the package.
 * @returns the path of the VSIX
 */
export function packedExtension(): string {
  const { version } = JSON.parse(readFileSync(path.join(extension, 'package.json'), 'utf8')) as { version: string };
  const vsix = path.join(extension, `prosodist-${version}.vsix`);
  const script = path.join(top, 'scripts/package-extension.mjs');
  const newest = Math.max(changedAt(extension), statSync(script).mtimeMs);
  if (!existsSync(vsix) || statSync(vsix).mtimeMs < newest)
    execFileSync('node', [script], { cwd: top, stdio: ['ignore', 'ignore', 'inherit'] });
  return vsix;
}

/** When the newest file of a folder was written, milliseconds. */
function changedAt(folder: string): number {
  return Math.max(
    0,
    ...readdirSync(folder, { withFileTypes: true })
      .filter(({ name }) => !LEFT_OUT.test(name))
      .map(entry => {
        const file = path.join(folder, entry.name);
        return entry.isDirectory() ? changedAt(file) : statSync(file).mtimeMs;
      }),
  );
}
