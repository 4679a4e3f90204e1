// From a fresh clone to the first findings: installs, builds, and shows the command line on the bundled example.
import { run } from './run.mjs';
import { setup } from './setup.mjs';

const program = 'packages/cli/dist/prosodist.cjs';
const example = 'examples/jitsi-active-directory';

setup();
for (const args of [
  ['check', example],
  ['fix', '--add-ldap2', example],
]) {
  const status = run('node', [program, ...args]);
  // 1 says that there are findings, and in this example there are.
  if (status > 1) process.exit(status);
}
console.log(`\nThe example is unchanged: without --write, a fix is only shown. What is wrong in it: ${example}/README.md`);
