// What `lerna version` runs before it commits: the version where it stands beside the manifests, and one changelog.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../run.mjs';

const { version } = JSON.parse(readFileSync(join(root, 'lerna.json'), 'utf8'));
const stamped = ['packages/cli/src/version.ts', 'packages/cli/test/cases/version/stdout'];

for (const file of stamped)
  change(file, text => {
    const out = text.replace(/\d+\.\d+\.\d+(?:-[\w.]+)?/, version);
    if (!out.includes(version)) throw new Error(`${file} has no version in it`);
    return out;
  });
change('CHANGELOG.md', ownHeader);

const { status, stderr } = spawnSync('git', ['add', ...stamped, 'CHANGELOG.md'], { cwd: root, encoding: 'utf8' });
if (status !== 0) throw new Error(stderr);

/** Lerna puts its header and the new entry above ours; the entry belongs below it, in front of the release before. */
function ownHeader(text) {
  const [start, ours] = ['for commit guidelines.\n', '\n# Changelog\n'].map(part => text.indexOf(part));
  const release = text.indexOf('\n## ', ours + 1);
  if (start < 0 || ours < start || release < 0) return text; // a release that is made without lerna's changelog
  const entry = text.slice(text.indexOf('\n', start) + 1, ours).trim();
  return `${text.slice(ours, release).trim()}\n\n${entry.replace(/^# /, '## ')}\n${text.slice(release)}`;
}

function change(file, how) {
  writeFileSync(join(root, file), how(readFileSync(join(root, file), 'utf8')));
}
