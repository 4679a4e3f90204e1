import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { WriteError } from './write/error.js';

/** Longer than this no package is installed, and no service started. */
const PATIENCE = 10 * 60_000;

/** The command that installs Debian's packages. */
export function installCommand(packages: readonly string[]): readonly string[] {
  return ['apt-get', 'install', '--yes', ...packages];
}

/** The commands that restart services: systemd's where it runs, else those of the init scripts. */
export function restartCommands(
  services: readonly string[],
  systemd = existsSync('/run/systemd/system'),
): readonly (readonly string[])[] {
  return systemd ? [['systemctl', 'restart', ...services]] : services.map(name => ['service', name, 'restart']);
}

/**
 * Runs a command that the user asked for by a flag (`--install`, `--restart`). No shell reads it, it gets no input, and what it
 * prints goes to standard error, so that standard output stays ours.
 * @throws WriteError `failed` when it cannot be started, fails, or takes longer than ten minutes
 */
export function runProgram([program, ...args]: readonly string[], env: NodeJS.ProcessEnv = process.env): void {
  const shown = `\`${[program, ...args].join(' ')}\``;
  const result = spawnSync(program!, args, {
    stdio: ['ignore', 2, 2],
    // apt's questions would wait for an answer that cannot come
    env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
    timeout: PATIENCE,
    shell: false,
  });
  if (result.error) throw new WriteError('failed', `${shown} cannot be started (${WriteError.from(result.error).message})`);
  if (result.status === 0) return;
  const how = result.status === null ? `was ended by ${result.signal}` : `ended with status ${result.status}`;
  throw new WriteError('failed', `${shown} ${how}`);
}
