import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { command, npmProject, packed, published } from '../support/npm-project.js';

/** The packages as npm gives them to users: packed, and installed from the tarballs into an empty project. */

const top = fileURLToPath(new URL('../..', import.meta.url));
const libraries = published.filter(name => name !== 'cli').map(name => `@prosodist/${name}`);

const TREE = `{ '/etc/prosody/prosody.cfg.lua': 'authentication = internal_plain\\nVirtualHost "example.com"\\n' }`;
const USE = `const { findings } = lint(memoryFiles(${TREE}), '/etc/prosody/prosody.cfg.lua');
console.log(findings.map(finding => finding.rule).join());`;

const FILES: Readonly<Record<string, string>> = {
  'module.mjs': `import { lint, memoryFiles } from '@prosodist/core';\n${USE}\n`,
  'common.cjs': `const { lint, memoryFiles } = require('@prosodist/core');\n${USE}\n`,
  'typed.mts': `import { type Finding, lint, memoryFiles } from '@prosodist/core';
${libraries.map((name, index) => `import * as library${index} from '${name}';`).join('\n')}
import { run } from 'prosodist';
const findings: readonly Finding[] = lint(memoryFiles(${TREE}), '/etc/prosody/prosody.cfg.lua').findings;
const severity: 'error' | 'warning' | 'info' | undefined = findings[0]?.severity;
// @ts-expect-error a finding has no such word: the types are really read
export const wrong = findings[0]?.nothing;
export { ${libraries.map((_, index) => `library${index}`).join(', ')}, run, severity };
`,
  'browser.mjs': `export { lint, memoryFiles } from '@prosodist/core';\nexport * from '@prosodist/language-service';\n`,
};

describe('the npm packages', function () {
  this.timeout(240_000);
  let folder = '';
  let tarballs: ReadonlyMap<string, string> = new Map();

  before(() => {
    ({ folder, tarballs } = npmProject());
    for (const [name, text] of Object.entries(FILES)) writeFileSync(path.join(folder, name), text);
  });

  for (const name of published) {
    it(`${name}: publint and are-the-types-wrong have nothing to say`, () => {
      tool('publint', '--strict', tarballs.get(name)!);
      // modules only: Node 20.19 and later require() them
      tool('attw', tarballs.get(name)!, '--profile', 'esm-only', '--no-emoji');
    });
  }

  it('a module, and a CommonJS program, use the library', () => {
    for (const file of ['module.mjs', 'common.cjs']) assert.match(command('node', [file], folder), /^unquoted-word/m, file);
  });

  for (const [module, resolution] of [
    ['node16', 'node16'],
    ['esnext', 'bundler'],
  ] as const) {
    it(`TypeScript reads the types (${resolution})`, () => {
      const flags = ['--noEmit', '--strict', '--target', 'es2022', '--module', module, '--moduleResolution', resolution];
      command('node', ['node_modules/typescript/bin/tsc', ...flags, '--types', 'node', 'typed.mts'], folder);
    });
  }

  it('esbuild bundles core and language-service for a browser', async () => {
    const { build } = await import('esbuild');
    const { metafile } = await build({
      absWorkingDir: folder,
      entryPoints: ['browser.mjs'],
      bundle: true,
      platform: 'browser',
      format: 'esm',
      minify: true,
      write: false,
      metafile: true,
      logLevel: 'silent',
    });
    const imports = Object.values(metafile.outputs).flatMap(output => output.imports);
    assert.deepEqual(imports, []);
  });

  it('the command works as installed', () => {
    const bin = path.join(folder, 'node_modules/.bin/prosodist');
    assert.match(command(bin, ['--version'], folder), /^prosodist \d/);
    const example = path.join(top, 'examples/jitsi-active-directory');
    const { status, stdout } = spawnSync(bin, ['check', '--format', 'json', example], { encoding: 'utf8' });
    assert.equal(status, 1);
    assert.ok((JSON.parse(stdout) as { findings: unknown[] }).findings.length > 3);
  });

  it('both ways to the language server answer', async () => {
    const params = { processId: null, rootUri: null, capabilities: {} };
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params });
    for (const [name, ...flags] of [
      ['prosodist', 'lsp', '--stdio'],
      ['prosodist-language-server', '--stdio'],
    ] as const) {
      const server = spawn(path.join(folder, 'node_modules/.bin', name), flags, { stdio: ['pipe', 'pipe', 'inherit'] });
      server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
      let said = '';
      for await (const chunk of server.stdout.setEncoding('utf8')) {
        said += chunk;
        if (said.includes('"capabilities":{')) break;
      }
      server.kill();
      assert.match(said, /"capabilities":\{/, name);
    }
  });

  it('a tarball is the same byte for byte when it is packed again', () => {
    const second = mkdtempSync(path.join(tmpdir(), 'prosodist-npm-again-'));
    try {
      for (const name of published) assert.ok(readFileSync(packed(name, second)).equals(readFileSync(tarballs.get(name)!)), name);
    } finally {
      rmSync(second, { recursive: true, force: true });
    }
  });

  it('every README has an example that prints what it says', () => {
    for (const name of published) {
      const folderOfPackage = path.join(top, 'packages', name);
      const readme = readFileSync(path.join(folderOfPackage, 'README.md'), 'utf8');
      const [, program, printed] = /```js\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/.exec(readme) ?? [];
      assert.ok(program !== undefined && printed !== undefined, name);
      writeFileSync(path.join(folder, `${name}.mjs`), program);
      assert.equal(command('node', [`${name}.mjs`], folder).trimEnd(), printed.trimEnd(), name);
      assert.equal(readFileSync(path.join(folderOfPackage, 'LICENSE'), 'utf8'), readFileSync(path.join(top, 'LICENSE'), 'utf8'));
    }
  });

  it('no package runs a script when it is installed, and all say what Node they want', () => {
    for (const name of published) {
      const own = JSON.parse(readFileSync(path.join(top, 'packages', name, 'package.json'), 'utf8')) as Record<string, unknown>;
      assert.equal(own.scripts, undefined, name);
      assert.deepEqual(own.engines, { node: '>=20.19' }, name);
      assert.equal(own.license, 'MIT', name);
    }
  });
});

function tool(name: string, ...args: readonly string[]): void {
  command(path.join(top, 'node_modules/.bin', name), args, top);
}
