// One run over a file, from small to very large: what it costs, how that grows, and a picture of it.
import { configuration, globals } from './configuration.mjs';
import { figure } from './median.mjs';
import { compare, memoryOf } from './processes.mjs';
import { checksOf, NODE } from './programs.mjs';

/** A large file costs others a minute. */
const ROUNDS = hosts => (hosts >= 10_000 ? 1 : 7);

/**
 * Measures and reports in Markdown.
 * @param largest the most hosts
 * @returns the report, and the points of the picture: for each program its name and `[bytes, CPU ms above Node's start]`
 */
export function oneShotReport(largest) {
  const sizes = [10, 1000, 10_000].filter(hosts => hosts <= largest);
  // prosodyctl alone would take minutes for the largest
  const isWanted = hosts => name => hosts < 10_000 || !name.startsWith('prosodyctl');
  const measured = sizes.map(hosts =>
    measure(`hosts-${hosts}`, `${hosts} hosts`, configuration(hosts), ROUNDS(hosts), isWanted(hosts)),
  );
  const shapes = [4000, 40_000].filter(count => count <= largest * 4);
  const distinct = shapes.map(count =>
    measure(`globals-${count}`, `${count} options`, globals(count), ROUNDS(count / 4), name => name === 'prosodist check'),
  );
  const all = [...measured, ...distinct];
  const rows = all.flatMap(({ what, bytes, results }) =>
    results.map(({ name, wall, cpu, cpuRatio, memory, memoryRatio }) => {
      const held = memory === undefined ? ['', ''] : [figure(memory), figure(memoryRatio)];
      return `| ${[what, bytes, `\`${name}\``, figure(wall), figure(cpu), figure(cpuRatio), ...held].join(' | ')} |`;
    }),
  );
  const lines = seriesOf(measured);
  const exponents = [
    ...lines,
    ...seriesOf(distinct).map(({ name, points }) => ({ name: `${name}, options that nobody knows`, points })),
  ]
    .filter(({ points }) => points.length > 1)
    .map(({ name, points }) => `| \`${name}\` | ${exponent(points.at(-2), points.at(-1)).toFixed(2)} |`);
  const text = `Whole processes again, on the configuration of a server with many hosts, and on one that sets options of as many names that no module
reads; medians of ${ROUNDS(0)} rounds, one round for the largest, which prosodyctl does not take part in: it needs minutes. The ratio is that to \`${NODE.name}\`.

| | bytes | | ms | CPU ms | CPU ratio | MiB | ratio |
|---|---|---|---|---|---|---|---|
${rows.join('\n')}

How the CPU time above that of Node's start grows with the bytes, from the size before the largest to the largest (1 is in proportion):

| | exponent |
|---|---|
${exponents.join('\n')}

![CPU time of one run over the bytes of the file, for each program](images/growth.svg)
`;
  return { text, lines };
}

function measure(file, what, text, rounds, isWanted = () => true) {
  const subjects = [NODE, ...checksOf(file, text).filter(({ name }) => isWanted(name))];
  const [node, ...results] = compare(subjects, rounds).map((result, index) => ({
    ...result,
    memory: result.memory ?? memoryOf(subjects[index].command),
  }));
  const others = results.map(result => ({
    ...result,
    memoryRatio: result.memory === undefined ? undefined : result.memory / node.memory,
    // Lua's programs start in a millisecond or two
    above: result.name.startsWith('prosodist') ? result.cpu - node.cpu : result.cpu,
  }));
  return { what, bytes: text.length, results: others };
}

function seriesOf(measured) {
  const names = [...new Set(measured.flatMap(({ results }) => results.map(({ name }) => name)))];
  return names.map(name => ({
    name,
    points: measured.flatMap(({ bytes, results }) =>
      results.filter(result => result.name === name && result.above > 0).map(({ above }) => [bytes, above]),
    ),
  }));
}

function exponent([bytes, time], [moreBytes, moreTime]) {
  return Math.log(moreTime / time) / Math.log(moreBytes / bytes);
}
