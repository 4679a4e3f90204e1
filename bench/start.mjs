// What it takes to start: the command line on an ordinary file, beside Node itself and what people use today.
import { ordinary } from './configuration.mjs';
import { figure, median } from './median.mjs';
import { compare, memoryOf } from './processes.mjs';
import { checksOf, executable, NODE, PROSODIST } from './programs.mjs';

/** Measures and reports in Markdown. @param rounds how often each program is started */
export function startReport(rounds) {
  const text = ordinary(26);
  const [own, ...peers] = checksOf('start', text);
  const alone = executable();
  const subjects = [
    NODE,
    { name: 'prosodist --version', command: [...PROSODIST, '--version'] },
    { name: 'prosodist --help', command: [...PROSODIST, '--help'] },
    own,
    ...(alone ? [{ name: 'prosodist check, the executable', command: [...alone, 'check', own.command.at(-1)] }] : []),
    ...peers,
  ];
  const memory = subjects.map(({ command }) => median([0, 1, 2].map(() => memoryOf(command))));
  const rows = compare(subjects, rounds).map(({ name, wall, cpu, wallRatio, cpuRatio }, index) => {
    const held = memory[index] === undefined ? ['', ''] : [figure(memory[index]), figure(memory[index] / memory[0])];
    return `| ${[`\`${name}\``, figure(wall), figure(cpu), figure(wallRatio), figure(cpuRatio), ...held].join(' | ')} |`;
  });
  return `Whole processes, from the start to the end, on a file of ${Math.round(text.length / 1000)} KB where there is one; medians of ${rounds} rounds in which each runs
once. The ratios are those to \`${NODE.name}\`, which is Node and nothing else, in the same round.

| | ms | CPU ms | ratio | CPU ratio | MiB | ratio |
|---|---|---|---|---|---|---|
${rows.join('\n')}
`;
}
