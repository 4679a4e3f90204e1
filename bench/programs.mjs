// The programs that look at a configuration: ours, and those that people use today. Which of them are here, and how they are called.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const labs = process.env.PROSODIST_LABS || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'prosodist-labs');
const prosody = join(labs, 'prosody-13.0');
const folder = join(tmpdir(), `prosodist-bench-${process.pid}`);

/** Node and nothing else: what every program that runs on it takes at least. */
export const NODE = { name: 'node -e 0', command: [process.execPath, '-e', '0'] };

/** The command line as npm installs it. */
export const PROSODIST = [process.execPath, fileURLToPath(new URL('../packages/cli/dist/prosodist.cjs', import.meta.url))];

/** The command line as the Debian package has it, with its Node inside; undefined where `npm run executable` has not made it. */
export function executable() {
  const file = fileURLToPath(new URL(`../dist/prosodist-${process.arch}`, import.meta.url));
  return existsSync(file) ? [file] : undefined;
}

/**
 * Writes a configuration where all programs can read it.
 * @returns what checks it: `{ name, command }`, ours first. prosodyctl runs in the Debian tree of the labs.
 */
export function checksOf(name, text) {
  mkdirSync(folder, { recursive: true });
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, `${name}.cfg.lua`);
  writeFileSync(file, text);
  const checks = [
    { name: 'prosodist check', command: [...PROSODIST, 'check', file] },
    { name: 'luacheck -q', command: ['/usr/bin/luacheck', '-q', file] },
    { name: 'luac -p', command: ['/usr/bin/luac5.4', '-p', file] },
  ].filter(({ command: [program] }) => existsSync(program));
  return [...checks, ...prosodyctl(name, text)];
}

function prosodyctl(name, text) {
  if (process.getuid?.() !== 0 || !existsSync(join(prosody, 'usr/bin/prosodyctl'))) return [];
  const file = `/tmp/prosodist-bench-${process.pid}-${name}.cfg.lua`;
  writeFileSync(join(prosody, file), text);
  process.once('exit', () => rmSync(join(prosody, file), { force: true }));
  return [{ name: 'prosodyctl check config', command: ['chroot', prosody, 'prosodyctl', '--config', file, 'check', 'config'] }];
}
