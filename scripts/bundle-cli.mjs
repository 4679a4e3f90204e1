// How the command line is cut into files. It starts quickly because Node reads and compiles all of a file before anything in it
// runs, so each file has no more than is needed: prosodist.cjs knows only names and options, check.cjs is the command that runs
// most, commands.cjs are the others, and language-server.cjs is loaded by `prosodist lsp` alone. check.cjs and commands.cjs share
// none of their code: a third file for it would have all of core, whatever of it `check` needs.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

const CHECK = './commands/check.js';

/** For the program: what it imports when it needs it is in another file. */
export const apart = {
  name: 'apart',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/(?:language-server|check|commands)\.cjs$/ }, ({ path }) => ({ path, external: true }));
    onResolve({ filter: /^\.\/commands\// }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path, namespace: 'command' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'command' }, ({ path }) => ({
      contents: `module.exports = ${path === CHECK ? `require('./check.cjs')` : `require('./commands.cjs').command('${path}')`}`,
    }));
  },
};

/** The other side of it: every module that the program imports so, except `check`. */
export function commandsModule() {
  const source = join(root, 'packages/cli/src');
  const programs = readdirSync(source).filter(file => /^program.*\.ts$/.test(file));
  const texts = programs.map(file => readFileSync(join(source, file), 'utf8')).join('\n');
  const found = [...texts.matchAll(/import\('(\.\/commands\/[^']+)'\)/g)].map(([, path]) => path);
  const paths = [...new Set(found)].filter(path => path !== CHECK).sort();
  const cases = paths.map(path => `    case '${path}': return require('${path.replace(/\.js$/, '.ts')}');`);
  return {
    contents: `export function command(path) {\n  switch (path) {\n${cases.join('\n')}\n  }\n}\n`,
    resolveDir: source,
    sourcefile: 'commands.js',
  };
}

/** Generated data, each module a function that makes them: few runs want a rule's page, and none more than its version needs. */
const DATA = [
  { module: 'core/dist/rules/pages.generated.js', names: ['pages'], file: 'pages.cjs' },
  { module: 'core/dist/catalog/data/prosody-0.12.generated.js', names: ['prosody0_12'], file: 'prosody-0.12.cjs' },
  { module: 'core/dist/catalog/data/prosody-13.0.generated.js', names: ['prosody13_0'], file: 'prosody-13.0.cjs' },
];

/** Code that few runs of `check` need, each module functions alone: for a prosodist.json, and for a syntax error. */
const SELDOM = [
  { module: 'machine/dist/settings-syntax.js', names: ['readJson', 'matcherOf'], file: 'settings-syntax.cjs' },
  { module: 'core/dist/syntax/diagnose.js', names: ['diagnose'], file: 'diagnose.cjs' },
];

/** The files that `prosodist.cjs` and what it loads load from beside them: names within packages/cli/dist. */
export const loadedFiles = ['check.cjs', 'commands.cjs', 'language-server.cjs', ...[...DATA, ...SELDOM].map(({ file }) => file)];

/** The bundles of these modules. */
export const laterBundles = [...DATA, ...SELDOM].map(({ module, file }) => ({
  name: `cli-${file.replace('.cjs', '')}`,
  entry: `packages/${module}`,
  outfile: `packages/cli/dist/${file}`,
  options: { plugins: [later(DATA)] },
}));

/** For `check`, which starts quickly: whatever can wait is loaded when its function is called. */
export const allLater = later([...DATA, ...SELDOM]);
/** For the other commands: data alone. */
export const dataLater = later(DATA);

function later(modules) {
  return {
    name: 'later',
    setup({ onResolve, onLoad, initialOptions }) {
      for (const { module, names, file } of modules) {
        // not in the very file that is to be loaded
        if (initialOptions.outfile.endsWith(`/${file}`)) continue;
        onResolve({ filter: new RegExp(`^\\./${file}$`) }, ({ path }) => ({ path, external: true }));
        onLoad({ filter: new RegExp(`[\\\\/]${module.replaceAll('/', '[\\\\/]')}$`) }, () => ({
          contents: names.map(name => `export const ${name} = (...given) => require('./${file}').${name}(...given);`).join('\n'),
        }));
      }
    },
  };
}

/** commander would start a command that is a program of its own. Ours are none, and what starts programs takes a moment to load. */
export const noPrograms = {
  name: 'no-programs',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ path }) => ({ path, namespace: 'none' }));
    onLoad({ filter: /./, namespace: 'none' }, () => ({ contents: 'module.exports = {}' }));
  },
};
