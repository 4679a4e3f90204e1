// npm run bench [-- start|one-shot|library|server|editor|playground…]: measures all, or the parts that are named, and writes their sections of
// docs/benchmarks.md: the start of the command line, one run of it beside what people use today, reading and judging in a process that
// runs already, the language server beside two others, the extension in the real VS Code, the playground in a browser. Each part measures itself and its base in the same rounds.
// `--rounds N` (11 for the start, 7 for the library and the playground), `--largest N` hosts (10000), `--print` writes no file.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './run.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string' },
    largest: { type: 'string', default: '10000' },
    print: { type: 'boolean', default: false },
  },
});
const largest = Number(values.largest);
const rounds = usual => Number(values.rounds ?? usual);

/** In the order of the page. Loaded when they run, so that one does not weigh on another. */
const parts = {
  start: { title: 'Start', measure: async () => (await import('../bench/start.mjs')).startReport(rounds(11)) },
  'one-shot': {
    title: 'One run',
    measure: async () => {
      const { oneShotReport } = await import('../bench/one-shot.mjs');
      const { growthChart } = await import('../bench/chart.mjs');
      const { text, lines } = oneShotReport(largest);
      // a line has two ends
      if (lines.some(({ points }) => points.length > 1))
        write('docs/images/growth.svg', growthChart('CPU time of one run over the size of the file', lines));
      return text;
    },
  },
  library: {
    title: 'Reading and judging',
    measure: async () => (await import('../bench/library.mjs')).libraryReport(rounds(7), largest),
  },
  server: {
    title: 'The language server',
    measure: async () => (await import('../bench/language-server.mjs')).languageServerReport(largest * 371),
  },
  editor: {
    title: 'In VS Code',
    measure: async () => (await import('../bench/editor.mjs')).editorReport(rounds(5)),
  },
  playground: {
    title: 'The playground',
    measure: async () => (await import('../bench/playground.mjs')).playgroundReport(rounds(7)),
  },
};

const unknown = positionals.filter(name => !(name in parts));
if (unknown.length > 0) throw new Error(`there is no part ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`);
const asked = positionals.length > 0 ? positionals : Object.keys(parts);

const page = join(root, 'docs/benchmarks.md');
const known = existsSync(page)
  ? readFileSync(page, 'utf8')
      .split(/^(?=## )/m)
      .slice(1)
  : [];
const sections = [];
for (const [name, { title, measure }] of Object.entries(parts)) {
  if (!asked.includes(name)) {
    sections.push(...known.filter(section => section.startsWith(`## ${title}\n`)));
    continue;
  }
  const report = `## ${title}\n\n${await measure()}\n${machine()}\n`;
  console.log(report);
  sections.push(report);
}
const head = '# Benchmarks\n\nWritten by `npm run bench`, which measures on the machine that it runs on.';
write('docs/benchmarks.md', `${[head, ...sections.map(section => section.trimEnd())].join('\n\n')}\n`);

/** What a part was measured on: parts may be measured one by one. */
function machine() {
  return `Measured on ${os.cpus().length} × ${os.cpus()[0]?.model ?? 'unknown'}, ${process.platform} ${process.arch}, Node ${process.versions.node}.`;
}

function write(file, text) {
  if (values.print) return;
  mkdirSync(join(root, file, '..'), { recursive: true });
  writeFileSync(join(root, file), text);
}
