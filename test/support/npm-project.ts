// The packages as users have them: packed as npm packs them, installed from the tarballs into an empty project.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const top = fileURLToPath(new URL('../..', import.meta.url));

/** The folders of the packages that are published. */
export const published = ['core', 'machine', 'directory', 'language-service', 'language-server', 'cli'];

/** A project that has them all, and TypeScript. */
export interface NpmProject {
  readonly folder: string;
  /** By the package's folder. */
  readonly tarballs: ReadonlyMap<string, string>;
}

let made: NpmProject | undefined;

/** The project, made once a process; it goes with the process. */
export function npmProject(): NpmProject {
  if (made) return made;
  const folder = mkdtempSync(path.join(tmpdir(), 'prosodist-npm-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const tarballs = new Map(published.map(name => [name, packed(name, folder)]));
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  const tools = ['typescript', '@types/node'].map(name => `${name}@${installedVersion(name)}`);
  command('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', ...tarballs.values(), ...tools], folder);
  made = { folder, tarballs };
  return made;
}

/** Packs a package; the tarball's path. */
export function packed(name: string, folder: string): string {
  const [{ filename }] = JSON.parse(
    command('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], `packages/${name}`),
  ) as [{ filename: string }];
  return path.join(folder, filename.replace(/^@.*\//, ''));
}

/** What a command prints, which must end well; `cwd` counts from the repository. */
export function command(file: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(file, args, { cwd: path.resolve(top, cwd), encoding: 'utf8' });
  assert.equal(status, 0, `${file} ${args.join(' ')}\n${error?.message ?? ''}${stdout}${stderr}`);
  return stdout;
}

function installedVersion(name: string): string {
  const file = path.join(top, 'node_modules', name, 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
