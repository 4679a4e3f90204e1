import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlannedFile } from '@prosodist/core';
import { interruptedWrite, recover, writePlan } from '../src/index.js';
import { callsOf, killed } from './crash/processes.js';
import { assertTidy, ENTRY, freshTree, OLD, PLAN, type Snapshot, snapshot } from './crash/trees.js';
import type { Job } from './crash/writer.js';

/** As many processes are killed. */
const KILLS = 500;

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SCENES: Record<string, Omit<Job, 'cwd'>> = {
  'by renames': { action: 'write', plan: PLAN },
  'in place': { action: 'write', plan: PLAN, mode: 'in-place' },
  'with backups': { action: 'write', plan: PLAN, backup: '.bak' },
  undoing: { action: 'undo' },
};

/** A tree in which a scene can be played. */
function treeFor({ action }: Omit<Job, 'cwd'>): string {
  const cwd = freshTree();
  if (action === 'undo') writePlan(PLAN, { cwd, entry: ENTRY });
  return cwd;
}

describe('a writer that is killed', function () {
  // a minute and a half on two cores that have nothing else to do
  this.timeout(900_000);
  const shapes = new Map<string, { readonly old: Snapshot; readonly young: Snapshot; readonly calls: number }>();

  before(() => {
    for (const [name, scene] of Object.entries(SCENES)) {
      const cwd = treeFor(scene);
      const old = snapshot(cwd);
      const calls = callsOf({ ...scene, cwd, watch: true });
      shapes.set(name, { old, young: snapshot(cwd), calls });
      assertTidy(cwd);
    }
  });

  it('has shown nobody anything, at any call of the file system (a look after each)', () => {
    for (const [name, { old, young, calls }] of shapes) {
      assert.ok(calls > 40, `${name}: ${calls}`);
      assert.notDeepEqual(old, young);
    }
  });

  it(`leaves the old tree or the new one, ${KILLS} times`, async () => {
    // fixed where a change is judged, new ones on developers' machines
    const seed = process.env.CI ? 1 : Date.now() % 2 ** 31;
    const random = generator(seed);
    const names = [...shapes.keys()];
    let dead = 0;
    let ended = 0;
    const one = async (turn: number) => {
      const name = names[turn % names.length]!;
      const { old, young, calls } = shapes.get(name)!;
      const cwd = treeFor(SCENES[name]!);
      // the first turns go through all calls, one after the other; then anywhere
      const round = Math.floor(turn / names.length);
      const killAt = 1 + (round < calls ? round : Math.floor(random() * calls));
      if (await killed({ ...SCENES[name]!, cwd, killAt })) dead++;
      else ended++;
      const told = `seed ${seed}, ${name}, call ${killAt}`;
      // it may be killed again while it takes back, and again
      for (let again = 0; again < 2 && random() < 0.2; again++)
        if (await killed({ cwd, action: 'recover', killAt: 1 + Math.floor(random() * 12) })) dead++;
      await settled(cwd, old, young, told);
      rmSync(cwd, { recursive: true });
    };
    let turn = 0;
    const worker = async () => {
      while (dead < KILLS) await one(turn++);
    };
    await Promise.all([worker(), worker(), worker()]);
    assert.ok(dead >= KILLS && ended < KILLS / 5, `${dead} killed, ${ended} ended by themselves`);
  });

  it('is told of by a look, which changes nothing', async () => {
    const { calls } = shapes.get('by renames')!;
    const cwd = freshTree();
    await killed({ plan: PLAN, cwd, action: 'write', killAt: Math.floor(calls * 0.7) });
    const before = snapshot(cwd);
    const interrupted = interruptedWrite(ENTRY, { cwd });
    assert.ok(interrupted);
    assert.ok(interrupted.files.includes(join(cwd, 'conf.avail/one.cfg.lua')));
    assert.ok(Date.now() - interrupted.time < 60_000);
    assert.deepEqual(snapshot(cwd), before);
    assert.deepEqual(recover(ENTRY, { cwd })?.lost, []);
    assert.equal(interruptedWrite(ENTRY, { cwd }), undefined);
  });

  it('does not cost what somebody else has written since', async () => {
    const { calls } = shapes.get('by renames')!;
    for (let killAt = calls; killAt > 0; killAt--) {
      const cwd = freshTree();
      await killed({ plan: PLAN, cwd, action: 'write', killAt });
      if (!interruptedWrite(ENTRY, { cwd })) continue;
      writeFileSync(join(cwd, ENTRY), '-- mine\n');
      const lost = recover(ENTRY, { cwd })!.lost;
      assert.match(lost[0]!, /prosody\.cfg\.lua has been changed since by somebody else, and was left as it is/);
      assert.equal(readFileSync(join(cwd, ENTRY), 'utf8'), '-- mine\n');
      const original = /its original text is in (.*)/.exec(lost[1]!)![1]!;
      assert.equal(readFileSync(original, 'utf8'), OLD[ENTRY]);
      return;
    }
    assert.fail('it was never interrupted');
  });

  it('before a second write: that one takes back, and goes on', async () => {
    const { young, calls } = shapes.get('by renames')!;
    const cwd = freshTree();
    await killed({ plan: PLAN, cwd, action: 'write', killAt: Math.floor(calls * 0.7) });
    assert.ok(writePlan(PLAN, { cwd, entry: ENTRY }).recovered);
    assert.deepEqual(snapshot(cwd), young);
    assertTidy(cwd);
  });
});

/** After the next start the tree is whole, nothing lies about, and the next write works. */
async function settled(cwd: string, old: Snapshot, young: Snapshot, told: string): Promise<void> {
  const recovered = recover(ENTRY, { cwd });
  assert.deepEqual(recovered?.lost ?? [], [], told);
  const now = snapshot(cwd);
  const whole = now['prosody.cfg.lua'] === old['prosody.cfg.lua'] ? old : young;
  assert.deepEqual(now, whole, told);
  const file = 'conf.avail/other.cfg.lua';
  const other: PlannedFile = { file, before: OLD[file]!, after: 'x = 1\n', edits: [], secret: false };
  writePlan({ files: [other], links: [] }, { cwd, entry: ENTRY });
  assertTidy(cwd);
}
