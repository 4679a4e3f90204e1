// npm run bench: what reading and judging a configuration costs, as a multiple of luaparse's plain parse of the same bytes in
// the same process, rounds interleaved; then what the language server costs beside two others. The medians go to
// docs/benchmarks.md. `--rounds N` (7), `--largest N` hosts (10000).
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import luaparse from 'luaparse';
import { configuration } from '../bench/configuration.mjs';
import { languageServerReport } from '../bench/language-server.mjs';
import { lint, load, memoryFiles, parse } from '../packages/core/dist/index.js';
import { root } from './run.mjs';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '7' }, largest: { type: 'string', default: '10000' } },
});
const ENTRY = '/etc/prosody/prosody.cfg.lua';
const SIZES = [10, 1000, 10_000].filter(hosts => hosts <= Number(values.largest));
const kept = {};

const rows = SIZES.map(hosts => {
  const text = configuration(hosts);
  const document = parse(text);
  const at = text.indexOf('internal_hashed', text.length / 2);
  const files = memoryFiles({ [ENTRY]: text });
  let turn = 0;
  const subjects = {
    luaparse: () => luaparse.parse(text, { comments: false }),
    parse: () => parse(text),
    load: () => load(files, ENTRY),
    lint: () => lint(files, ENTRY),
    // another character each time, so that nothing is known but the rest of the file
    keystroke: () => parse(text.slice(0, at) + String.fromCharCode(97 + (turn++ % 26)) + text.slice(at), document),
  };
  const repeats = Math.max(1, Math.round(1000 / hosts));
  const times = Object.fromEntries(Object.keys(subjects).map(name => [name, []]));
  for (let round = -2; round < Number(values.rounds); round++) {
    for (const [name, work] of Object.entries(subjects)) {
      const before = process.cpuUsage();
      for (let repeat = 0; repeat < repeats; repeat++) kept[name] = work();
      const { user, system } = process.cpuUsage(before);
      if (round >= 0) times[name].push((user + system) / 1000 / repeats);
    }
  }
  const median = name => times[name].sort((a, b) => a - b)[Math.floor(times[name].length / 2)];
  return { hosts, bytes: text.length, ...Object.fromEntries(Object.keys(subjects).map(name => [name, median(name)])) };
});

const number = value => value.toFixed(value < 10 ? 2 : 1);
const table = [
  '| hosts | bytes | luaparse, CPU ms | parse | load | lint | keystroke | keystroke / parse |',
  '|---|---|---|---|---|---|---|---|',
  ...rows.map(row => {
    const ratio = name => number(row[name] / row.luaparse);
    const cells = [row.hosts, row.bytes, number(row.luaparse), ...['parse', 'load', 'lint', 'keystroke'].map(ratio)];
    return `| ${[...cells, number(row.keystroke / row.parse)].join(' | ')} |`;
  }),
];
const growth = rows.slice(1).map((row, index) => {
  const before = rows[index];
  const exponent = name => (Math.log(row[name] / before[name]) / Math.log(row.bytes / before.bytes)).toFixed(2);
  return `| ${before.hosts} → ${row.hosts} | ${['luaparse', 'parse', 'load', 'lint', 'keystroke'].map(exponent).join(' | ')} |`;
});
const report = `# Benchmarks

CPU time as a multiple of \`luaparse.parse(text, { comments: false })\` with its tree kept, on the same bytes, in the same
process, warm, rounds interleaved; medians of ${values.rounds} rounds. Written by \`npm run bench\`.

${table.join('\n')}

How the time grows with the bytes (1 is in proportion):

| hosts | luaparse | parse | load | lint | keystroke |
|---|---|---|---|---|---|
${growth.join('\n')}

A keystroke is \`parse(text, previous)\` after a character was typed in the middle of the file.

Measured on ${os.cpus().length} × ${os.cpus()[0]?.model ?? 'unknown'}, ${process.platform} ${process.arch}, Node ${process.versions.node}, luaparse ${luaparse.version}.
`;
console.log(report);
const servers = await languageServerReport(Number(values.largest) * 371);
console.log(servers);
writeFileSync(join(root, 'docs/benchmarks.md'), `${report}\n${servers}`);
