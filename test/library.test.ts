import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { describeWith } from './support/needing.js';

/** The library as its users have it: packed, unpacked into a project of their own, and imported by its name. */

const top = fileURLToPath(new URL('..', import.meta.url));
const browser = process.env.PROSODIST_CHROMIUM ?? '/usr/bin/chromium';

const PROGRAM = `
const files = memoryFiles({ '/etc/prosody/prosody.cfg.lua': 'authentication = internal_plain\\nVirtualHost "example.com"\\n' });
const { findings } = lint(files, '/etc/prosody/prosody.cfg.lua');
`;
const IMPORT = "import { lint, memoryFiles } from '@prosodist/core';";

describe('@prosodist/core as a library', function () {
  this.timeout(120_000);
  let folder = '';

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'prosodist-library-'));
    const packed = JSON.parse(
      execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
        cwd: path.join(top, 'packages/core'),
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    ) as [{ filename: string; files: { path: string }[] }];
    const target = path.join(folder, 'node_modules/@prosodist/core');
    mkdirSync(target, { recursive: true });
    execFileSync('tar', [
      '-xzf',
      path.join(folder, packed[0].filename.replace(/^@.*\//, '')),
      '-C',
      target,
      '--strip-components=1',
    ]);
    symlinkSync(path.join(top, 'node_modules/luaparse'), path.join(folder, 'node_modules/luaparse'));
    writeFileSync(path.join(folder, 'package.json'), '{ "private": true }');
    const names = packed[0].files.map(file => file.path);
    assert.ok(names.includes('dist/index.js') && names.includes('dist/index.d.ts') && names.includes('package.json'));
    assert.deepEqual(
      names.filter(name => /^(?:src|test)\/|tsbuildinfo/.test(name)),
      [],
    );
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  it('from an ES module', () => {
    assert.equal(run('esm.mjs', `${IMPORT}${PROGRAM}console.log(findings[0].rule);`), 'unquoted-word\n');
  });

  it('from CommonJS', () => {
    assert.equal(
      run('cjs.cjs', `const { lint, memoryFiles } = require('@prosodist/core');${PROGRAM}console.log(findings[0].rule);`),
      'unquoted-word\n',
    );
  });

  const TYPED = `${IMPORT}${PROGRAM}export const rule: string | undefined = findings[0]?.rule;\n`;
  for (const [name, module, resolution] of [
    ['typed.mts', 'node16', 'node16'],
    ['typed.cts', 'nodenext', 'nodenext'],
    ['typed.ts', 'esnext', 'bundler'],
  ] as const) {
    it(`from TypeScript (${name}, moduleResolution ${resolution})`, () => {
      typeCheck(name, TYPED, module, resolution);
      assert.throws(() => typeCheck(`wrong-${name}`, `${IMPORT}lint(1);`, module, resolution), /TS2554|TS2345/);
    });
  }

  describeWith('in a browser', existsSync(browser) ? {} : { missing: 'Chromium is not there' }, () => {
    it('bundled by esbuild, without any polyfill', async () => {
      const entry = path.join(folder, 'browser.mjs');
      writeFileSync(entry, `${IMPORT}${PROGRAM}globalThis.result = findings.map(finding => finding.rule);`);
      const outfile = path.join(folder, 'browser.js');
      await build({
        entryPoints: [entry],
        outfile,
        bundle: true,
        platform: 'browser',
        format: 'iife',
        logLevel: 'error',
        absWorkingDir: folder,
      });
      const window = await chromium.launch({
        executablePath: browser,
        args: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-quic',
          '--no-first-run',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
        ],
      });
      try {
        const page = await window.newPage();
        await page.setContent('<!doctype html><title>Prosodist</title>');
        await page.addScriptTag({ content: readFileSync(outfile, 'utf8') });
        assert.deepEqual(await page.evaluate('globalThis.result'), ['unquoted-word']);
      } finally {
        await window.close();
      }
    });
  });

  it('documents its examples truly', () => {
    const examples = sourceExamples();
    assert.ok(examples.length >= 5);
    for (const { file, code, expected } of examples) {
      const names = [...new Set(code.match(/\b[a-z][A-Za-z]+(?=\()/g))].filter(name => name in CORE);
      const program = `import assert from 'node:assert/strict';import { ${[...names, 'memoryFiles'].filter((name, at, all) => all.indexOf(name) === at).join(', ')} } from '@prosodist/core';\n${code}`;
      const at = program.trimEnd().lastIndexOf('\n') + 1;
      const checked = `${program.slice(0, at)}assert.deepEqual(${program.slice(at).trim().replace(/;$/, '')}, ${expected});console.log('true');`;
      assert.equal(run('example.mjs', checked), 'true\n', `${file}: ${code}`);
    }
  });

  function run(name: string, text: string): string {
    writeFileSync(path.join(folder, name), text);
    return execFileSync('node', [path.join(folder, name)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  function typeCheck(name: string, text: string, module: string, moduleResolution: string): void {
    writeFileSync(path.join(folder, name), text);
    try {
      execFileSync(
        'node',
        [
          path.join(top, 'node_modules/typescript/bin/tsc'),
          '--noEmit',
          '--strict',
          '--target',
          'es2023',
          '--module',
          module,
          '--moduleResolution',
          moduleResolution,
          '--types',
          '',
          name,
        ],
        { cwd: folder, encoding: 'utf8' },
      );
    } catch (error) {
      throw new Error((error as { stdout: string }).stdout);
    }
  }
});

const CORE = (await import('@prosodist/core')) as unknown as Record<string, unknown>;

/** The `@example` lines of core's doc comments: code, then `// → value`. */
function sourceExamples(): { file: string; code: string; expected: string }[] {
  const folder = path.join(top, 'packages/core/src');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts') && !name.endsWith('.generated.ts'))
    .flatMap(file => {
      const text = readFileSync(path.join(folder, file), 'utf8');
      return [...text.matchAll(/@example([\s\S]*?)\/\/ → (.+)$/gm)].map(match => ({
        file,
        code: match[1]!.replace(/^[ \t]*\* ?/gm, '').trim(),
        expected: match[2]!.trim(),
      }));
    });
}
