// What whole processes cost: programs that are started, do one thing and end.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './median.mjs';

// bash says to the millisecond what the kernel says of a child; Node does not say it at all.
const TIMED = 'TIMEFORMAT=\'%R %U %S\'; time "$@" >/dev/null 2>&1';

/** GNU time: the most memory that a command has at a time. */
const PEAK = existsSync('/usr/bin/time') ? ['/usr/bin/time', '--quiet', '-f', 'peak %M'] : undefined;

/**
 * One run of a command. Out: milliseconds by the clock and of the processors (user and system); with a file for it also the most
 * memory, which takes a millisecond more.
 */
function run(command, peakFile) {
  const measured = peakFile && PEAK ? [...PEAK, '-o', peakFile, ...command] : command;
  const { stderr, error } = spawnSync('bash', ['-c', TIMED, 'bash', ...measured], { encoding: 'utf8' });
  const [wall, user, system] = (/^([\d.]+) ([\d.]+) ([\d.]+)$/m.exec(stderr) ?? []).slice(1).map(Number);
  if (error || system === undefined) throw error ?? new Error(`${command.join(' ')} could not be timed: ${stderr}`);
  const memory = peakFile && PEAK ? mebibytes(readFileSync(peakFile, 'utf8')) : undefined;
  return { wall: wall * 1000, cpu: (user + system) * 1000, memory };
}

/** The most memory that a command has at a time, in MiB, as GNU time says it; undefined where that is not installed. */
export function memoryOf(command) {
  if (!PEAK) return undefined;
  const [program, ...given] = [...PEAK, ...command];
  return mebibytes(spawnSync(program, given, { encoding: 'utf8', maxBuffer: 2 ** 28 }).stderr);
}

function mebibytes(said) {
  return Number(/^peak (\d+)$/m.exec(said)?.[1]) / 1024;
}

/**
 * Runs every command once a round, one after the other, so that a busy machine is busy for all of them.
 * @param subjects `{ name, command }`, the first of which is the base
 * @returns for each its medians in milliseconds, and the medians of what it takes of the base's in the same round; where there is but
 *   one round, what takes minutes is not run again for its memory, and that is here too
 */
export function compare(subjects, rounds) {
  const peakFile = rounds === 1 ? join(tmpdir(), `prosodist-bench-peak-${process.pid}`) : undefined;
  const results = subjects.map(() => []);
  // a round before fills the caches of the system; where three rounds are enough, none is wanted
  for (let round = rounds > 3 ? -1 : 0; round < rounds; round++) {
    for (const [index, { command }] of subjects.entries()) {
      const result = run(command, peakFile);
      if (round >= 0) results[index].push(result);
    }
  }
  if (peakFile) rmSync(peakFile, { force: true });
  const [base] = results;
  return subjects.map(({ name }, index) => {
    const of = key => median(results[index].map(result => result[key]));
    const ratio = key => median(results[index].map((result, round) => result[key] / base[round][key]));
    const memory = peakFile && results[index][0].memory;
    return { name, wall: of('wall'), cpu: of('cpu'), wallRatio: ratio('wall'), cpuRatio: ratio('cpu'), memory };
  });
}
