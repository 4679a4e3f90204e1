// What the language server costs, beside two that many people know, on files of the same size, in one run.
import { spawnSync } from 'node:child_process';
import { session } from './editing.mjs';
import { median } from './median.mjs';
import { servers } from './servers.mjs';

/** How many processes and keys: large files cost the peers minutes. */
const SIZES = [
  { bytes: 10_000, rounds: 5, keys: 9 },
  { bytes: 250_000, rounds: 3, keys: 7 },
  { bytes: 2_500_000, rounds: 1, keys: 5 },
];
const COLUMNS = ['initialize', 'open', 'key', 'keyCpu', 'completion', 'burst', 'burstCpu', 'idle', 'memory'];
const TITLES = [
  'initialize',
  'open → diagnostics',
  'key → diagnostics',
  'CPU a key',
  'completion',
  'last of 20 keys',
  'CPU of 20 keys',
  'MiB idle',
  'MiB in the end',
];

/**
 * Measures and reports in Markdown.
 * @param largest bytes of the largest file
 */
export async function languageServerReport(largest) {
  const found = servers();
  const rows = [];
  for (const { bytes, rounds, keys } of SIZES.filter(size => size.bytes <= largest)) {
    const results = new Map(found.map(({ name }) => [name, []]));
    for (let round = 0; round < rounds; round++) {
      // one after the other in every round, so that a busy machine is busy for all of them
      for (const server of found) results.get(server.name).push(await session(server, bytes, keys));
    }
    for (const [name, sessions] of results) rows.push({ name, ...medians(sessions) });
  }
  return markdown(rows, bare());
}

function medians(sessions) {
  return Object.fromEntries(Object.keys(sessions[0]).map(key => [key, median(sessions.map(each => each[key]))]));
}

/** What Node itself takes to start, in milliseconds. */
function bare() {
  const times = Array.from({ length: 7 }, () => {
    const from = performance.now();
    spawnSync(process.execPath, ['-e', '0']);
    return performance.now() - from;
  });
  return median(times);
}

function markdown(rows, node) {
  const number = value => (value < 10 ? value.toFixed(1) : Math.round(value));
  const lines = rows.map(row => `| ${[row.name, row.bytes, ...COLUMNS.map(column => number(row[column]))].join(' | ')} |`);
  const ours = rows.filter(({ name }) => name === 'prosodist');
  const ratios = ours.flatMap(own =>
    rows
      .filter(({ name, bytes }) => name !== 'prosodist' && Math.abs(bytes - own.bytes) < own.bytes / 3)
      .map(peer => {
        const cells = ['open', 'key', 'keyCpu', 'completion', 'burstCpu', 'memory'].map(key => (own[key] / peer[key]).toFixed(2));
        return `| ${own.bytes} | ${peer.name} | ${cells.join(' | ')} |`;
      }),
  );
  return `Milliseconds and MiB of a server process, medians; every server is started for every round, one after the other. Peers read files of
the same size with the same content. A key is a letter in the middle of the file; the wait includes whatever the server waits for
before it looks at a change. Bare Node starts in ${number(node)} ms, so \`initialize\` takes ${(ours[0].initialize / node).toFixed(2)} of it.

| server | bytes | ${TITLES.join(' | ')} |
|---|---|${TITLES.map(() => '---').join('|')}|
${lines.join('\n')}

As a part of what the peer takes:

| bytes | peer | open | key | CPU a key | completion | CPU of 20 keys | memory |
|---|---|---|---|---|---|---|---|
${ratios.join('\n')}
`;
}
