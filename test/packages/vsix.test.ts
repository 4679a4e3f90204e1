import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The extension as VS Code gets it: what is in the VSIX, how much, and of what its bundles are made. */

const top = fileURLToPath(new URL('../..', import.meta.url));
const KB = 1000;

/** Every file, and why nothing else: whatever is not here is not shipped. */
const FILES = [
  '[Content_Types].xml',
  'extension.vsixmanifest',
  'extension/LICENSE.txt',
  'extension/changelog.md',
  'extension/dist/extension.cjs',
  'extension/dist/extension.notices.txt',
  'extension/dist/extension.web.js',
  'extension/dist/extension.web.notices.txt',
  'extension/dist/server.cjs',
  'extension/dist/server.notices.txt',
  'extension/dist/server.worker.js',
  'extension/dist/server.worker.notices.txt',
  'extension/l10n/bundle.l10n.json',
  'extension/language-configuration.json',
  'extension/media/file-dark.svg',
  'extension/media/file-light.svg',
  'extension/media/icon.png',
  'extension/media/walkthrough.md',
  'extension/package.json',
  'extension/package.nls.json',
  'extension/readme.md',
  'extension/syntaxes/ldap.injection.json',
  'extension/syntaxes/prosody.tmLanguage.json',
];

/**
 * Kilobytes that a part may have. Of the clients, 400 are the library that speaks the protocol (its notebooks are left out). The servers
 * have 115 rules with their pages for hovers, and the catalogue: what 0.12 and 13.0 read, option by option, with prose. In the archive,
 * server and worker are a third of that each; a web page loads two files, a computer the other two.
 */
const BUDGETS: Readonly<Record<string, number>> = {
  'extension.cjs': 470,
  'extension.web.js': 460,
  'server.cjs': 1450,
  'server.worker.js': 1300,
  vsix: 1050,
};

const CLIENT = [
  'extension',
  'balanced-match',
  'brace-expansion',
  'minimatch',
  'vscode-jsonrpc',
  'vscode-languageclient',
  'vscode-languageserver-protocol',
  'vscode-languageserver-textdocument',
  'vscode-languageserver-types',
];
const WORKER = [
  'packages/core',
  'packages/language-server',
  'packages/language-service',
  'jsonc-parser',
  'luaparse',
  'picomatch',
  'vscode-jsonrpc',
  'vscode-languageserver',
  'vscode-languageserver-protocol',
  'vscode-languageserver-textdocument',
  'vscode-languageserver-types',
];

/** What each bundle is made of: the clients have nothing of the server, the worker no computer and no directory. */
const MADE_OF: Readonly<Record<string, readonly string[]>> = {
  extension: CLIENT,
  'extension-web': CLIENT,
  'server-worker': WORKER,
  'language-server': [...WORKER, 'packages/directory', 'packages/machine', 'ldapts'],
};

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly main: string;
  readonly browser: string;
  readonly engines: { readonly vscode: string };
  readonly categories: readonly string[];
  readonly dependencies?: object;
  readonly scripts?: object;
}

describe('the VSIX', function () {
  this.timeout(120_000);
  let folder = '';
  let vsix = '';
  let printed = '';
  const member = (name: string) => execFileSync('unzip', ['-p', vsix, name], { encoding: 'utf8', maxBuffer: 2 ** 24 });
  const manifest = () => JSON.parse(member('extension/package.json')) as Manifest;

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'prosodist-vsix-'));
    vsix = path.join(folder, 'one.vsix');
    printed = packed(vsix);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('has these files: no source, no map, and a notice beside every bundle', () => {
    // the names alone, in an order of its own: [ is a pattern to unzip
    const names = execFileSync('unzip', ['-Z1', vsix], { encoding: 'utf8' }).trim().split('\n');
    assert.deepEqual(names.sort(byCode), [...FILES].sort(byCode));
    const bundles = FILES.filter(name => /\.c?js$/.test(name));
    for (const bundle of bundles) {
      assert.ok(!member(bundle).includes('sourceMappingURL'), `${bundle} names a map`);
      assert.match(
        member(bundle.replace(/\.c?js$/, '.notices.txt')),
        /^vscode-jsonrpc \d+\.\d+\.\d+ \(MIT\)\n\nCopyright/m,
        bundle,
      );
    }
    assert.match(member('extension/LICENSE.txt'), /MIT License/);
  });

  for (const [file, budget] of Object.entries(BUDGETS)) {
    it(`keeps ${file} within ${budget} KB`, () => {
      const { size } = statSync(file === 'vsix' ? vsix : path.join(top, 'extension/dist', file));
      assert.ok(size <= budget * KB, `${file} has ${Math.ceil(size / KB)} KB; node_modules/.cache/bundles tells what is in it`);
    });
  }

  for (const [name, packages] of Object.entries(MADE_OF)) {
    it(`makes ${name} of these packages`, () => assert.deepEqual(madeOf(name), [...packages].sort(byCode)));
  }

  it('is the extension that the Marketplace has', () => {
    const { name, version, main, browser, engines, categories, ...rest } = manifest();
    const { version: ours } = JSON.parse(readFileSync(path.join(top, 'extension/package.json'), 'utf8')) as Manifest;
    assert.deepEqual([name, version], ['prosodist', ours]);
    assert.deepEqual([main, browser], ['./dist/extension.cjs', './dist/extension.web.js']);
    // what the client library asks for, and what the types are of: nothing newer is used
    const library = JSON.parse(
      readFileSync(path.join(top, 'node_modules/vscode-languageclient/package.json'), 'utf8'),
    ) as Manifest;
    assert.equal(engines.vscode, library.engines.vscode);
    assert.deepEqual(categories, ['Linters', 'Programming Languages', 'Other']);
    for (const key of ['private', 'dependencies', 'scripts'] as const) assert.ok(!(key in rest), `package.json has ${key}`);
  });

  it('is packed without a warning', () => {
    assert.doesNotMatch(printed, /\bWARN|\bERROR/i);
    assert.match(printed, /DONE\s+Packaged/);
  });

  it('is the same, byte for byte, when it is packed again', () => {
    const again = path.join(folder, 'two.vsix');
    packed(again);
    assert.ok(readFileSync(vsix).equals(readFileSync(again)));
  });

  it('shows pictures that are in the repository, by their addresses there', () => {
    const links = [...member('extension/readme.md').matchAll(/(!?)\[[^\]]*\]\(([^)]+)\)/g)];
    const pictures = links.filter(([, picture]) => picture).map(([, , address]) => address!);
    assert.ok(pictures.length >= 4, pictures.join());
    for (const address of pictures) {
      const [, file] = /^https:\/\/github\.com\/prosodist\/prosodist\/raw\/HEAD\/(.+\.png)$/.exec(address) ?? [];
      assert.ok(file && existsSync(path.join(top, file)), address);
    }
    for (const [, , address] of links) assert.match(address!, /^(?:https:|#)/);
  });

  it('has every picture, grammar and page that its package.json names', () => {
    const text = member('extension/package.json');
    const named = [...text.matchAll(/"\.?\/?((?:media|syntaxes|dist|l10n)[\w./-]*|language-configuration\.json)"/g)].map(
      ([, file]) => file!,
    );
    assert.ok(named.length > 10);
    for (const file of named)
      assert.ok(
        FILES.some(name => name === `extension/${file}` || name.startsWith(`extension/${file}/`)),
        file,
      );
  });
});

/** Packs the extension. @returns what that printed */
function packed(file: string): string {
  const { status, stdout, stderr } = spawnSync('node', ['scripts/package-extension.mjs', `--out=${file}`], {
    cwd: top,
    encoding: 'utf8',
    // what npm itself complains of in a person's settings is not about the package
    env: { ...process.env, npm_config_loglevel: 'error' },
  });
  assert.equal(status, 0, stdout + stderr);
  return stdout + stderr;
}

/** The packages and libraries in a bundle, from what esbuild wrote of it; one that is only stood in for is none. */
function madeOf(name: string): string[] {
  const caches = path.join(top, 'node_modules/.cache/bundles');
  assert.ok(readdirSync(caches).includes(`${name}.json`), 'run `npm run build` first');
  const { outputs } = JSON.parse(readFileSync(path.join(caches, `${name}.json`), 'utf8')) as {
    outputs: Record<string, { inputs: Record<string, unknown> }>;
  };
  const inputs = Object.values(outputs).flatMap(output => Object.keys(output.inputs));
  const owners = inputs
    .filter(input => !/^semver:/.test(input))
    .map(input => {
      const library = /node_modules\/((?:@[^/]+\/)?[^/]+)(?!.*node_modules)/.exec(input)?.[1];
      return library ?? /^(?:packages\/[^/]+|extension)(?=\/)/.exec(input)?.[0] ?? input;
    });
  return [...new Set(owners)].sort(byCode);
}

function byCode(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
