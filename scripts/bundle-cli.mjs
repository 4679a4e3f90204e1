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
  { module: 'rules/pages.generated.js', name: 'pages', file: 'pages.cjs' },
  { module: 'catalog/data/prosody-0.12.generated.js', name: 'prosody0_12', file: 'prosody-0.12.cjs' },
  { module: 'catalog/data/prosody-13.0.generated.js', name: 'prosody13_0', file: 'prosody-13.0.cjs' },
];

/** The bundles of these data. */
export const dataBundles = DATA.map(({ module, file }) => ({
  name: `cli-${file.replace('.cjs', '')}`,
  entry: `packages/core/dist/${module}`,
  outfile: `packages/cli/dist/${file}`,
}));

/** For the commands: the data are loaded when their function is called. */
export const dataApart = {
  name: 'data-apart',
  setup({ onResolve, onLoad }) {
    for (const { module, name, file } of DATA) {
      onResolve({ filter: new RegExp(`^\\./${file}$`) }, ({ path }) => ({ path, external: true }));
      onLoad({ filter: new RegExp(`[\\\\/]core[\\\\/]dist[\\\\/]${module.replaceAll('/', '[\\\\/]')}$`) }, () => ({
        contents: `export const ${name} = () => require('./${file}').${name}()`,
      }));
    }
  },
};

/** commander would start a command that is a program of its own. Ours are none, and what starts programs takes a moment to load. */
export const noPrograms = {
  name: 'no-programs',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ path }) => ({ path, namespace: 'none' }));
    onLoad({ filter: /./, namespace: 'none' }, () => ({ contents: 'module.exports = {}' }));
  },
};
