// npm test: everything that must hold, in a clone that may be fresh. Arguments go to mocha: npm test -- -g name
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installLabs } from './labs.mjs';
import { root, run } from './run.mjs';
import { setup } from './setup.mjs';
import { runFolders, testFiles } from './test-folders.mjs';

setup();
if (!(await installLabs())) process.exit(1);

// The tests run also when these fail: their result is wanted anyway. They are named at the end, so that it is seen.
const failed = [];
if (run('npm', ['run', '--silent', 'lint']) !== 0) failed.push('npm run lint');
if (existsSync(join(root, 'scripts/docs.mjs')) && run('npm', ['run', '--silent', 'docs', '--', '--check']) !== 0)
  failed.push('npm run docs -- --check');

const mocha = ['node_modules/mocha/bin/mocha.js', ...(process.env.CI ? ['--forbid-only'] : [])];
const asked = process.argv.slice(2);
const before = failed.join(', ');
const status =
  asked.length > 0
    ? run('node', [...mocha, ...asked, ...testFiles()], { PROSODIST_FAILED: before })
    : await runFolders(mocha, before);
process.exit(failed.length > 0 ? status || 1 : status);
