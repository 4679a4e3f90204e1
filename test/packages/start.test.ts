import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The command line starts quickly because it loads little. Times depend on the machine, and `npm run bench` measures them; what
 * is loaded does not, so that is what is held here.
 */

const dist = fileURLToPath(new URL('../../packages/cli/dist', import.meta.url));
const FINE = 'modules_enabled = { "saslauth"; "tls"; "roster" }\nVirtualHost "example.com"\n';
/** Has one finding, so that everything runs that prints one. */
const FAULTY = 'authentication = internal_plain\nVirtualHost "example.com"\n';

/** Says when the process ends what it loaded: files, and modules of Node beyond those that Node starts with. */
const WATCH = `const before = new Set(process.moduleLoadList);
process.on('exit', () => {
  const loaded = process.moduleLoadList.filter(name => !before.has(name)).map(name => name.replace('NativeModule ', ''));
  const files = Object.keys(require.cache).filter(name => name !== __filename).map(name => require('node:path').basename(name));
  require('node:fs').writeFileSync(process.env.LOADED, JSON.stringify({ files, loaded }));
});`;

/** Of Node's own: what takes long to load, and what a check has no business with. */
const HEAVY = [
  'child_process',
  'crypto',
  'dgram',
  'dns',
  'http',
  'https',
  'inspector',
  'perf_hooks',
  'readline',
  'tls',
  'worker_threads',
];

describe('what a run loads', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'prosodist-start-'));
    for (const [name, text] of Object.entries({ 'watch.cjs': WATCH, 'fine.cfg.lua': FINE, 'faulty.cfg.lua': FAULTY }))
      writeFileSync(path.join(folder, name), text);
    mkdirSync(path.join(folder, 'own'));
    writeFileSync(path.join(folder, 'own/fine.cfg.lua'), FINE);
    writeFileSync(path.join(folder, 'own/prosodist.json'), '{ "ignore": ["*.bak"] }');
    writeFileSync(path.join(folder, 'broken.cfg.lua'), `${FINE}\nadmins = {\n`);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const loads: readonly (readonly [words: string, status: number, files: readonly string[]])[] = [
    ['--version', 0, []],
    ['--help', 0, []],
    ['check --help', 0, []],
    ['help check', 0, []],
    ['check fine.cfg.lua --prosody 13.0', 0, ['check.cjs', 'prosody-13.0.cjs']],
    ['check faulty.cfg.lua --prosody 13.0', 1, ['check.cjs', 'prosody-13.0.cjs']],
    ['check fine.cfg.lua --prosody 0.12 --format json', 0, ['check.cjs', 'prosody-0.12.cjs']],
    ['check faulty.cfg.lua --prosody 13.0 --format sarif', 1, ['check.cjs', 'pages.cjs', 'prosody-13.0.cjs']],
    ['check broken.cfg.lua --prosody 13.0', 1, ['check.cjs', 'diagnose.cjs', 'prosody-13.0.cjs']],
    ['check own/fine.cfg.lua --prosody 13.0', 0, ['check.cjs', 'prosody-13.0.cjs', 'settings-syntax.cjs']],
    ['explain load-error', 0, ['commands.cjs', 'pages.cjs']],
  ];
  for (const [words, status, files] of loads) {
    it(`${words}: ${['prosodist.cjs', ...files].join(', ')}`, () => {
      const run = start(words.split(' '));
      assert.equal(run.status, status, run.stderr);
      assert.deepEqual(run.files.sort(), [...files, 'prosodist.cjs'].sort());
    });
  }

  for (const words of ['--version', '--help', 'check fine.cfg.lua', 'check faulty.cfg.lua']) {
    it(`${words}: nothing of Node that takes long`, () => {
      const { loaded } = start(words.split(' '));
      assert.deepEqual(
        loaded.filter(name => HEAVY.includes(name)),
        [],
      );
    });
  }

  it('check has nothing in it for directories, editors, setups and edits that nobody asks for, and is small', () => {
    const file = path.join(dist, '../../../node_modules/.cache/bundles/cli-check.json');
    const { outputs } = JSON.parse(readFileSync(file, 'utf8')) as {
      outputs: Record<string, { bytes: number; inputs: Record<string, { bytesInOutput: number }> }>;
    };
    const [output] = Object.values(outputs);
    const inputs = Object.entries(output!.inputs).flatMap(([name, { bytesInOutput }]) => (bytesInOutput > 0 ? [name] : []));
    assert.ok(inputs.some(name => name.includes('/core/dist/rules/')));
    const strange =
      /packages\/(?:directory|language-)|node_modules\/(?:ldapts|ws|diff|commander|vscode|picomatch|jsonc-parser)|core\/dist\/(?:setup|lint\/upgrade)\//;
    assert.deepEqual(
      inputs.filter(name => strange.test(name)),
      [],
    );
    // what it is today, and room for some more rules: Node compiles all of it before anything runs
    assert.ok(output!.bytes < 700_000, `${output!.bytes} bytes`);
  });

  function start(words: readonly string[]) {
    const env = { ...process.env, LOADED: path.join(folder, 'loaded.json') };
    const args = ['--require', path.join(folder, 'watch.cjs'), path.join(dist, 'prosodist.cjs'), ...words];
    const { status, stderr } = spawnSync(process.execPath, args, {
      cwd: folder,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = JSON.parse(readFileSync(env.LOADED, 'utf8')) as { files: string[]; loaded: string[] };
    return { status, stderr, ...said };
  }
});
