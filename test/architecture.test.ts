import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The invariants of docs/architecture.md that can be read off the source. */

const top = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const tracked = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: top,
  encoding: 'utf8',
})
  .split('\0')
  // one that has just been removed is still in the index
  .filter(file => file !== '' && existsSync(path.join(top, file)));

const sources = tracked.filter(file => /^(?:packages\/[^/]+|extension)\/src\/.*\.ts$/.test(file));
const builtins = new Set(builtinModules.flatMap(name => [name, `node:${name}`]));

/**
 * The only files that start a program: git, for `prosodist diff REVISION:PATH`, what the user named to verify a write, and what
 * `setup --install` and `--restart` ask for.
 */
const STARTERS = ['packages/machine/src/revision.ts', 'packages/machine/src/verify.ts', 'packages/machine/src/programs.ts'];

/** Where connections are made: to the directory that the user named, and to nothing else. */
const NETWORK = /^packages\/directory\/src\//;

/** The folders of core in the order of the road: each may use those before it. */
const ROAD = [
  'text',
  'syntax',
  'catalog',
  'ldap',
  'jitsi',
  'evaluate',
  'secrets',
  'login',
  'patch',
  'rules',
  'lint',
  'fix',
  'setup',
];

/** What each package may import from outside itself. */
const MAY_USE: Record<string, readonly string[]> = {
  core: ['luaparse'],
  machine: ['@prosodist/core', 'jsonc-parser', 'picomatch', 'node'],
  directory: ['@prosodist/core', 'ldapts', 'ws', 'node'],
  'language-service': ['@prosodist/core', 'vscode-languageserver-types'],
  'language-server': [
    '@prosodist/core',
    '@prosodist/machine',
    '@prosodist/directory',
    '@prosodist/language-service',
    // for prosodist.json in a web page, where there is no machine
    'jsonc-parser',
    'picomatch',
    'vscode-languageserver',
    'vscode-languageserver-textdocument',
    'node',
  ],
  cli: [
    '@prosodist/core',
    '@prosodist/machine',
    '@prosodist/directory',
    '@prosodist/language-server',
    'commander',
    'diff',
    'picocolors',
    'sarif',
    'node',
  ],
  playground: [
    '@prosodist/core',
    '@prosodist/language-service',
    '@codemirror/autocomplete',
    '@codemirror/commands',
    '@codemirror/language',
    '@codemirror/legacy-modes',
    '@codemirror/lint',
    '@codemirror/search',
    '@codemirror/state',
    '@codemirror/view',
    '@lezer/highlight',
    'diff',
    'example',
    'marked',
    'vscode-languageserver-types',
  ],
  // of the server the shapes of its requests only: no code of it is in the client's bundle
  extension: ['@prosodist/language-server', 'vscode', 'vscode-languageclient', 'node'],
};

describe('architecture', () => {
  const imports = sources.flatMap(file => importsOf(file).map(from => ({ file, from })));

  it('there is something to look at', () => assert.ok(sources.length > 100 && imports.length > 300));

  it('no rule is left as `npm run new-rule` made it', () => {
    const rules = tracked.filter(file => /^packages\/core\/src\/rules\/[^/]+\/rule\.(?:ts|md)$/.test(file));
    assert.deepEqual(
      rules.filter(file => readFileSync(path.join(top, file), 'utf8').includes('Say here')),
      [],
    );
  });

  it('every package uses only what it may', () => {
    const wrong = imports.filter(({ file, from }) => {
      if (from.startsWith('.')) return false;
      const name = builtins.has(from)
        ? 'node'
        : from.startsWith('@')
          ? from.split('/').slice(0, 2).join('/')
          : from.split('/')[0]!;
      return !MAY_USE[packageOf(file)]!.includes(name);
    });
    assert.deepEqual(wrong, []);
  });

  it('every package has one public door', () => {
    const wrong = imports.filter(({ from }) => /^@prosodist\/[^/]+\/./.test(from) || /\/packages\/|\/dist\//.test(from));
    assert.deepEqual(wrong, []);
    for (const { file, from } of imports) {
      if (from.startsWith('.'))
        assert.ok(resolved(file, from).startsWith(`${rootOf(file)}/src/`), `${file} leaves its package: ${from}`);
    }
  });

  it('core goes one way', () => {
    const wrong = imports.filter(({ file, from }) => {
      const here = roadIndex(file);
      const there = from.startsWith('.') ? roadIndex(resolved(file, from)) : -1;
      return here >= 0 && there > here;
    });
    assert.deepEqual(wrong, []);
  });

  it('luaparse has one door', () => {
    const users = imports.filter(({ from }) => from === 'luaparse').map(({ file }) => file);
    assert.deepEqual(users, ['packages/core/src/syntax/parse.ts']);
  });

  it('nothing is executed and nothing is fetched', () => {
    const run = /^(?:node:)?(?:child_process|cluster|vm|worker_threads|inspector)(?:\/|$)/;
    const fetch = /^(?:node:)?(?:http|https|http2|net|tls|dgram|dns)(?:\/|$)/;
    assert.deepEqual(
      imports.filter(
        ({ file, from }) => (run.test(from) && !STARTERS.includes(file)) || (fetch.test(from) && !NETWORK.test(file)),
      ),
      [],
    );
    const calls = sources.filter(file =>
      /\b(?:fetch|eval|XMLHttpRequest|WebSocket)\s*\(|new Function\(/.test(withoutComments(read(file))),
    );
    assert.deepEqual(calls, []);
  });

  it('no file is longer than 300 lines', () => {
    const long = tracked
      .filter(file => /\.(?:ts|mjs|sh)$/.test(file) && !/\.generated\.ts$/.test(file))
      .filter(file => read(file).split('\n').length > 301);
    assert.deepEqual(long, []);
  });

  it('there is no `any`, and no check is silenced for it', () => {
    const any = tracked
      .filter(file => /(?<!\.generated)\.ts$/.test(file))
      .filter(file =>
        /:\s*any\b|<any>|\bas any\b|@ts-(?:ignore|nocheck|expect-error)/.test(
          withoutComments(read(file)).replace(/'(?:[^'\\\n]|\\.)*'|`[^`]*`|\/.*\/[a-z]*/g, ''),
        ),
      );
    assert.deepEqual(any, []);
  });

  it('docs/architecture.md names every folder of core and every package', () => {
    const text = read('docs/architecture.md');
    for (const name of [
      ...ROAD.map(folder => `\`${folder}\``),
      ...Object.keys(MAY_USE).map(name => (name === 'extension' ? '`extension`' : `\`packages/${name}\``)),
    ]) {
      assert.ok(text.includes(name), `${name} is missing`);
    }
  });

  it('all packages have one version', () => {
    const manifests = tracked.filter(file => /^(?:packages\/[^/]+|extension)\/package\.json$/.test(file));
    const versions = new Set(manifests.map(file => (JSON.parse(read(file)) as { version: string }).version));
    versions.add((JSON.parse(read('lerna.json')) as { version: string }).version);
    assert.equal(versions.size, 1);
  });
});

function read(file: string): string {
  return readFileSync(path.join(top, file), 'utf8');
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}

function importsOf(file: string): string[] {
  const text = withoutComments(read(file));
  return (
    [
      ...text.matchAll(
        /(?:^|\n|;)\s*(?:import|export)\b[^;'"`]*?\bfrom\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)|(?:^|\n)import\s+'([^']+)'|\brequire\(\s*'([^']+)'\s*\)/g,
      ),
    ]
      .map(match => match[1] ?? match[2] ?? match[3] ?? match[4]!)
      // the bundle of the language server stands beside the command line's, and is loaded by its path there
      .filter(from => from !== './language-server.cjs')
  );
}

function packageOf(file: string): string {
  return file.startsWith('extension/') ? 'extension' : file.split('/')[1]!;
}

function rootOf(file: string): string {
  return file.startsWith('extension/') ? 'extension' : file.split('/').slice(0, 2).join('/');
}

function resolved(file: string, from: string): string {
  return path.posix.join(path.posix.dirname(file), from);
}

function roadIndex(file: string): number {
  return ROAD.indexOf(/^packages\/core\/src\/([a-z]+)\//.exec(file)?.[1] ?? '');
}
