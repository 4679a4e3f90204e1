import assert from 'node:assert/strict';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { PlannedFile } from '@prosodist/core';
import { pastWrites, undoPlan, type Writable, WriteError, type WriteOptions, writePlan } from '../src/index.js';
import { assertTidy, ENTRY, freshTree, OLD, PLAN, snapshot } from './crash/trees.js';
import { isRoot } from './support.js';

const write = (cwd: string, plan: Writable, options: Partial<WriteOptions> = {}) =>
  writePlan(plan, { cwd, entry: ENTRY, ...options });
const undo = (cwd: string, id?: number) => write(cwd, undoPlan(ENTRY, { cwd, ...(id !== undefined && { id }) })!);
const other = (before: string, after: string): Writable => ({
  files: [{ file: 'conf.avail/other.cfg.lua', before, after, edits: [], secret: false } satisfies PlannedFile],
  links: [],
});

/** What must not be undone. */
function refusal(cwd: string, id?: number): WriteError {
  try {
    undo(cwd, id);
  } catch (error) {
    assert.ok(error instanceof WriteError, String(error));
    return error;
  }
  return assert.fail('it was undone');
}

describe('undoing', () => {
  it('gives back bytes, owners, modes and links, and takes away what was new; undone in its turn, all comes again', () => {
    for (const options of [{}, { mode: 'in-place' as const }]) {
      const cwd = freshTree();
      const old = snapshot(cwd);
      write(cwd, PLAN, options);
      const young = snapshot(cwd);
      undo(cwd);
      assert.deepEqual(snapshot(cwd), old);
      undo(cwd);
      assert.deepEqual(snapshot(cwd), young);
      undo(cwd);
      assert.deepEqual(snapshot(cwd), old);
      assert.deepEqual(
        pastWrites(ENTRY, { cwd }).map(({ id, undoes }) => [id, undoes]),
        [
          [1, null],
          [2, 1],
          [3, 2],
          [4, 3],
        ],
      );
      assertTidy(cwd);
    }
  });

  it('goes further back by the numbers of the writes', () => {
    const cwd = freshTree();
    const old = snapshot(cwd);
    write(cwd, PLAN);
    write(cwd, other(OLD['conf.avail/other.cfg.lua']!, 'x = 1\n'));
    undo(cwd, 2);
    undo(cwd, 1);
    assert.deepEqual(snapshot(cwd), old);
    assert.equal(undoPlan(ENTRY, { cwd, id: 9 }), undefined);
  });

  it('refuses where a file has changed since, and changes nothing', () => {
    const meddling: Record<string, (cwd: string) => void> = {
      'one.cfg.lua has changed since it was written': cwd => appendFileSync(join(cwd, 'conf.avail/one.cfg.lua'), '-- more\n'),
      'one.cfg.lua got another owner or mode since': cwd => chmodSync(join(cwd, 'conf.avail/one.cfg.lua'), 0o600),
      'new.cfg.lua was removed since': cwd => rmSync(join(cwd, 'conf.avail/new.cfg.lua')),
      'old.cfg.lua has changed since': cwd => writeFileSync(join(cwd, 'conf.d/old.cfg.lua'), ''),
    };
    for (const [message, meddle] of Object.entries(meddling)) {
      const cwd = freshTree();
      write(cwd, PLAN);
      meddle(cwd);
      const before = snapshot(cwd);
      const error = refusal(cwd);
      assert.deepEqual([error.code, error.message.includes(message)], ['changed', true], error.message);
      assert.match(error.message, /; nothing was undone$/);
      assert.deepEqual(snapshot(cwd), before);
    }
  });

  it('refuses where the kept original is not what it was', () => {
    const cwd = freshTree();
    write(cwd, PLAN);
    writeFileSync(join(cwd, '.prosodist/000001/0'), '-- another\n');
    assert.match(refusal(cwd).message, /the original of .* has been changed; nothing was undone/);
  });

  it('remembers the last ten writes, in a folder that only we can enter', () => {
    const cwd = freshTree();
    let text = OLD['conf.avail/other.cfg.lua']!;
    for (let turn = 0; turn < 13; turn++) {
      write(cwd, other(text, `x = ${turn}\n`));
      text = `x = ${turn}\n`;
    }
    assert.deepEqual(
      pastWrites(ENTRY, { cwd }).map(({ id }) => id),
      [4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
    );
    assert.equal(lstatSync(join(cwd, '.prosodist')).mode & 0o777, 0o700);
    assert.deepEqual(readdirSync(join(cwd, '.prosodist/000013')).sort(), ['0', 'record.json']);
    assert.equal(readFileSync(join(cwd, '.prosodist/.gitignore'), 'utf8'), '*\n');
  });

  it('keeps the original itself where it is replaced, and a copy with its owner and mode where it is not', () => {
    const cwd = freshTree();
    const { ino } = lstatSync(join(cwd, ENTRY));
    write(cwd, PLAN);
    assert.equal(lstatSync(join(cwd, '.prosodist/000001/0')).ino, ino);
    const second = freshTree();
    const { uid, gid, mode } = lstatSync(join(second, ENTRY));
    write(second, PLAN, { mode: 'in-place' });
    const kept = lstatSync(join(second, '.prosodist/000001/0'));
    assert.deepEqual([kept.uid, kept.gid, kept.mode, kept.nlink], [uid, gid, mode, 1]);
  });

  it('works in a tree that has been moved, and has nothing to say of one that was never written', () => {
    const cwd = freshTree();
    assert.equal(undoPlan(ENTRY, { cwd }), undefined);
    write(cwd, PLAN);
    const plan = undoPlan(ENTRY, { cwd })!;
    assert.ok(plan.files.every(({ file }) => file.startsWith(`${cwd}/`)));
    const moved = `${cwd}-moved`;
    renameSync(cwd, moved);
    undo(moved);
    assert.ok(snapshot(moved)[ENTRY]!.endsWith(OLD[ENTRY]!));
  });

  it('does not obey a record that another user has written', function () {
    if (!isRoot) this.skip();
    const cwd = freshTree();
    write(cwd, PLAN);
    chownSync(join(cwd, '.prosodist/000001/record.json'), 1234, 1234);
    assert.throws(() => undoPlan(ENTRY, { cwd }), /was left by another user \(1234\)/);
    chownSync(join(cwd, '.prosodist'), 1234, 1234);
    assert.equal(undoPlan(ENTRY, { cwd }), undefined);
    write(cwd, other(OLD['conf.avail/other.cfg.lua']!, 'x = 1\n'));
    assert.ok(statSync(join(cwd, '.prosodist.0/000001')).isDirectory());
    assert.equal(undoPlan(ENTRY, { cwd })?.undone.id, 1);
  });
});

describe('backups', () => {
  it('hold the old texts, with owner and mode, and stay when the write is undone', () => {
    for (const options of [{}, { mode: 'in-place' as const }]) {
      const cwd = freshTree();
      const old = snapshot(cwd);
      const { files } = write(cwd, PLAN, { backup: '.orig', ...options });
      const backups = { [`${ENTRY}.orig`]: old[ENTRY]!, 'conf.avail/one.cfg.lua.orig': old['conf.avail/one.cfg.lua']! };
      assert.deepEqual(
        files.map(({ backup }) => backup),
        [null, `${ENTRY}.orig`, 'conf.avail/one.cfg.lua.orig'],
      );
      undo(cwd);
      assert.deepEqual(snapshot(cwd), { ...old, ...backups });
    }
  });

  it('take the place of earlier ones', () => {
    const cwd = freshTree();
    writeFileSync(join(cwd, `${ENTRY}.bak`), 'earlier');
    write(cwd, PLAN, { backup: '.bak' });
    assert.equal(readFileSync(join(cwd, `${ENTRY}.bak`), 'utf8'), OLD[ENTRY]);
  });

  it('are refused with an ending that Prosody reads, and where a folder is in the way', () => {
    const cwd = freshTree();
    const old = snapshot(cwd);
    for (const backup of ['.cfg.lua', '', '/x', '.lua'])
      assert.throws(() => write(cwd, PLAN, { backup }), /cannot be the ending/);
    assert.throws(() => write(cwd, { ...PLAN, removes: [] }, { backup: '/../conf.d' }), /cannot be the ending/);
    assert.deepEqual(snapshot(cwd), old);
  });
});
