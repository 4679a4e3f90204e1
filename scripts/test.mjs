// npm test: everything that must hold, in a clone that may be fresh. Arguments go to mocha: npm test -- -g name
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installLabs } from './labs.mjs';
import { root, run } from './run.mjs';
import { setup } from './setup.mjs';

setup();
if (!(await installLabs())) process.exit(1);

// The tests run also when these fail: their result is wanted anyway. The reporter names what failed, so that it is seen.
const failed = [];
if (run('npm', ['run', '--silent', 'lint']) !== 0) failed.push('npm run lint');
if (existsSync(join(root, 'scripts/docs.mjs')) && run('npm', ['run', '--silent', 'docs', '--', '--check']) !== 0)
  failed.push('npm run docs -- --check');

const strict = process.env.CI ? ['--forbid-only'] : [];
const status = run('node', ['node_modules/mocha/bin/mocha.js', ...strict, ...process.argv.slice(2)], {
  PROSODIST_FAILED: failed.join(', '),
});
process.exit(failed.length > 0 ? status || 1 : status);
