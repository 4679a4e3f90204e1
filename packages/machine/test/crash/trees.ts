import assert from 'node:assert/strict';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { PlannedFile } from '@prosodist/core';
import type { Writable } from '../../src/index.js';
import { isRoot } from '../support.js';

/** The group of the trees' files; only root gives files away. */
export const GROUP = isRoot ? 2345 : process.getegid!();
export const ENTRY = 'prosody.cfg.lua';

/** A tree as Debian lays it out, secret, and what a write makes of it: two files changed, one new with its link, two gone. */
export const OLD: Record<string, string> = {
  'prosody.cfg.lua': `-- secret\n${'a = 1\n'.repeat(100)}Include "conf.d/*.cfg.lua"\n`,
  'conf.avail/one.cfg.lua': `-- secret\nVirtualHost "one"\n${'b = 2\n'.repeat(50)}`,
  'conf.avail/old.cfg.lua': '-- secret\nVirtualHost "old"\n',
  'conf.avail/other.cfg.lua': 'VirtualHost "other"\n',
};
const changed = (file: string, after: string): PlannedFile => ({ file, before: OLD[file]!, after, edits: [], secret: false });
export const PLAN: Writable = {
  files: [
    changed('prosody.cfg.lua', OLD['prosody.cfg.lua']!.replaceAll('a = 1', 'a = true')),
    changed('conf.avail/one.cfg.lua', '-- secret\nVirtualHost "one"\n'),
    { file: 'conf.avail/new.cfg.lua', before: null, after: '-- secret\nVirtualHost "new"\n', edits: [], secret: true },
  ],
  links: [{ path: 'conf.d/new.cfg.lua', target: '../conf.avail/new.cfg.lua' }],
  removes: ['conf.d/old.cfg.lua', 'conf.avail/old.cfg.lua'],
};

export type Snapshot = Readonly<Record<string, string>>;

/** Where files are made quickly: a process that is killed leaves in memory what it leaves on a disk. */
const ground = (() => {
  try {
    accessSync('/dev/shm', constants.W_OK);
    return '/dev/shm';
  } catch {
    return tmpdir();
  }
})();

export const folder = mkdtempSync(join(ground, 'prosodist-crash-'));
let trees = 0;

/** A tree of its own, whole and old; the second file has another name where writing in place is to be seen. */
export function freshTree(): string {
  const cwd = join(folder, String(trees++));
  for (const [name, text] of Object.entries(OLD)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
    if (isRoot) chownSync(join(cwd, name), 0, GROUP);
    chmodSync(join(cwd, name), text.includes('secret') ? 0o640 : 0o644);
  }
  mkdirSync(join(cwd, 'conf.d'));
  for (const name of ['one', 'old']) symlinkSync(`../conf.avail/${name}.cfg.lua`, join(cwd, `conf.d/${name}.cfg.lua`));
  return cwd;
}

/** Everything that anybody sees of a tree, but what the writer keeps for itself: bytes, owners, modes, links. */
export function snapshot(cwd: string): Snapshot {
  const seen: [string, string][] = [];
  for (const name of readdirSync(cwd, { recursive: true, encoding: 'utf8' }).sort()) {
    if (/^\.prosodist(?:\/|$)/.test(name)) continue;
    const stat = lstatSync(join(cwd, name));
    if (stat.isSymbolicLink()) seen.push([name, `-> ${readlinkSync(join(cwd, name))}`]);
    else if (stat.isFile())
      seen.push([name, `${(stat.mode & 0o7777).toString(8)} ${stat.uid}:${stat.gid} ${readFileSync(join(cwd, name), 'latin1')}`]);
  }
  return Object.fromEntries(seen);
}

/** What is left when all is over: nothing of the writer's but the originals, each with a record. */
export function assertTidy(cwd: string): void {
  const own = readdirSync(cwd).filter(name => name.startsWith('.'));
  assert.ok(
    own.every(name => name === '.prosodist'),
    own.join(', '),
  );
  for (const name of own.flatMap(history => readdirSync(join(cwd, history)))) {
    if (name === '.gitignore') continue;
    const names = readdirSync(join(cwd, '.prosodist', name));
    assert.ok(names.includes('record.json') && names.every(each => /^(?:\d+|record\.json)$/.test(each)), names.join(', '));
  }
}

process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
