// What reading and judging a configuration costs in a process that runs already, as a multiple of luaparse's plain parse.
import luaparse from 'luaparse';
import { lint, load, memoryFiles, parse } from '../packages/core/dist/index.js';
import { configuration } from './configuration.mjs';
import { median } from './median.mjs';

const ENTRY = '/etc/prosody/prosody.cfg.lua';
const SUBJECTS = ['luaparse', 'parse', 'load', 'lint', 'keystroke', 'again'];

/** Measures and reports in Markdown. @param largest the most hosts */
export function libraryReport(rounds, largest) {
  const rows = [10, 1000, 10_000].filter(hosts => hosts <= largest).map(hosts => measure(hosts, rounds));
  const table = rows.map(row => {
    const ratio = name => number(row[name] / row.luaparse);
    const cells = [row.hosts, row.bytes, number(row.luaparse), ...['parse', 'load', 'lint', 'keystroke', 'again'].map(ratio)];
    return `| ${[...cells, number(row.keystroke / row.parse), number(row.again / row.lint)].join(' | ')} |`;
  });
  const growth = rows.slice(1).map((row, index) => {
    const before = rows[index];
    const exponent = name => (Math.log(row[name] / before[name]) / Math.log(row.bytes / before.bytes)).toFixed(2);
    return `| ${before.hosts} → ${row.hosts} | ${SUBJECTS.map(exponent).join(' | ')} |`;
  });
  return `CPU time as a multiple of \`luaparse.parse(text, { comments: false })\` (luaparse ${luaparse.version}) with its tree kept, on the same bytes, in the
same process, warm, rounds interleaved; medians of ${rounds} rounds. A keystroke is \`parse(text, previous)\` after a character was typed in the
middle of the file; *again* is \`lint\` with \`previous\` after that: what the rules say of the whole tree, all of them. What a program
does that reads and judges everything after each key is *lint*, so *again / lint* is what keeping costs in its place.

| hosts | bytes | luaparse, CPU ms | parse | load | lint | keystroke | again | keystroke / parse | again / lint |
|---|---|---|---|---|---|---|---|---|---|
${table.join('\n')}

How the time grows with the bytes (1 is in proportion):

| hosts | luaparse | parse | load | lint | keystroke | again |
|---|---|---|---|---|---|---|
${growth.join('\n')}
`;
}

/** What is made is kept until it is made again, as a program would that uses it. */
const kept = {};

function measure(hosts, rounds) {
  const text = configuration(hosts);
  const document = parse(text);
  const at = text.indexOf('internal_hashed', text.length / 2);
  const files = memoryFiles({ [ENTRY]: text });
  let turn = 0;
  const typed = () => text.slice(0, at) + String.fromCharCode(97 + (turn++ % 26)) + text.slice(at);
  let previous = load(files, ENTRY);
  const subjects = {
    luaparse: () => luaparse.parse(text, { comments: false }),
    parse: () => parse(text),
    load: () => load(files, ENTRY),
    lint: () => lint(files, ENTRY),
    // another character each time, so that nothing is known but the rest of the file
    keystroke: () => parse(typed(), document),
    again: () => {
      const result = lint(memoryFiles({ [ENTRY]: typed() }), ENTRY, { previous });
      previous = result.configuration;
      return result;
    },
  };
  const repeats = Math.max(1, Math.round(1000 / hosts));
  const times = Object.fromEntries(SUBJECTS.map(name => [name, []]));
  for (let round = -2; round < rounds; round++) {
    for (const [name, work] of Object.entries(subjects)) {
      const before = process.cpuUsage();
      for (let repeat = 0; repeat < repeats; repeat++) kept[name] = work();
      const { user, system } = process.cpuUsage(before);
      if (round >= 0) times[name].push((user + system) / 1000 / repeats);
    }
  }
  return { hosts, bytes: text.length, ...Object.fromEntries(SUBJECTS.map(name => [name, median(times[name])])) };
}

function number(value) {
  return value.toFixed(value < 10 ? 2 : 1);
}
