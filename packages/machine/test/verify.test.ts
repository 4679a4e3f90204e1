import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { PlannedFile } from '@prosodist/core';
import { WriteError, writePlan } from '../src/index.js';
import { splitWords } from '../src/verify.js';
import { assertTidy, ENTRY, freshTree, OLD, PLAN, snapshot } from './crash/trees.js';

/** Does something with programs of these names, scripts of the shell, in front of all others. */
function withPrograms(cwd: string, programs: Readonly<Record<string, string>>, action: () => void): void {
  const folder = `${cwd}-bin`;
  mkdirSync(folder);
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  const path = process.env.PATH;
  process.env.PATH = `${folder}${delimiter}${path}`;
  try {
    action();
  } finally {
    process.env.PATH = path;
  }
}

function refusal(cwd: string, verify: readonly string[], plan = PLAN): WriteError {
  const before = snapshot(cwd);
  try {
    writePlan(plan, { cwd, entry: ENTRY, verify });
  } catch (error) {
    assert.ok(error instanceof WriteError, String(error));
    assert.deepEqual(snapshot(cwd), before);
    assertTidy(cwd);
    return error;
  }
  return assert.fail('it was written');
}

describe('verifying', () => {
  it('is done before anything is written: what fails prevents it, and says why', () => {
    const cwd = freshTree();
    const { code, message } = refusal(cwd, [`sh -c 'echo "no good: $1"; exit 7' sh %s`]);
    assert.equal(code, 'refused');
    assert.equal(
      message,
      `\`sh -c 'echo "no good: $1"; exit 7' sh %s\` ended with status 7 on prosody.cfg.lua; nothing was written\nno good: ${cwd}/prosody.cfg.lua`,
    );
  });

  it('shows each changed and new file, under its own name, with its new text', () => {
    const cwd = freshTree();
    const log = `${cwd}-log`;
    writePlan(PLAN, { cwd, entry: ENTRY, verify: [`sh -c 'echo "$1" >>${log}; cat "$1" >>${log}' sh %s`, 'true'] });
    const seen = readFileSync(log, 'utf8');
    for (const { file, after } of PLAN.files) assert.ok(seen.includes(`/${file}\n${after}`), file);
    assertTidy(cwd);
  });

  it('takes no shell and no other program than the one that is named', () => {
    const cwd = freshTree();
    assert.match(
      refusal(cwd, ['no-such-program %s']).message,
      /`no-such-program %s` cannot be started \(no such file or folder\)/,
    );
    assert.match(refusal(cwd, ['false; true']).message, /`false; true` cannot be started/);
    assert.match(refusal(cwd, ["echo 'open"]).message, /a quote is open/);
    assert.match(refusal(cwd, ['kill -9 0x']).message, /ended with status|cannot be started/);
  });

  it('splits a command as a shell does, and expands nothing', () => {
    assert.deepEqual(splitWords(`a  'b c' "d \\"e\\" $f" g\\ h i'j'k "" *`), ['a', 'b c', 'd "e" $f', 'g h', 'ijk', '', '*']);
    assert.throws(() => splitWords('  '), /is no command/);
  });

  it('luac compiles each file', () => {
    const cwd = freshTree();
    const log = `${cwd}-log`;
    withPrograms(cwd, { 'luac5.4': `echo "$@" >>${log}` }, () => writePlan(PLAN, { cwd, entry: ENTRY, verify: ['luac'] }));
    const lines = readFileSync(log, 'utf8').trim().split('\n');
    assert.equal(lines.length, 3);
    for (const line of lines) assert.match(line, /^-p \/.*\.cfg\.lua$/);
  });

  it('prosodyctl checks the whole tree as it would be: links lead into the copy, absolute includes too', () => {
    const cwd = freshTree();
    const log = `${cwd}-log`;
    const main = `-- secret\nInclude "${cwd}/conf.d/*.cfg.lua"\n`;
    const files: PlannedFile[] = PLAN.files.map(file => (file.file === ENTRY ? { ...file, after: main } : file));
    const script = `test "$1" = --config -a "$3 $4" = "check config" || exit 9
      cd "$(dirname "$2")"; { pwd; cat "$2"; ls conf.d; cat conf.d/*; cat conf.avail/other.cfg.lua; } >${log}`;
    withPrograms(cwd, { prosodyctl: script }, () => writePlan({ ...PLAN, files }, { cwd, entry: ENTRY, verify: ['prosodyctl'] }));
    const [folder, ...lines] = readFileSync(log, 'utf8').split('\n');
    const seen = lines.join('\n');
    assert.notEqual(folder, cwd);
    assert.ok(seen.includes(`Include "${folder}/conf.d/*.cfg.lua"`), seen);
    assert.ok(seen.includes('new.cfg.lua\none.cfg.lua\n'), seen);
    assert.ok(!seen.includes('old.cfg.lua'));
    for (const { after } of files.slice(1)) assert.ok(seen.includes(after), seen);
    assert.ok(seen.endsWith(OLD['conf.avail/other.cfg.lua']!));
    assert.equal(readFileSync(join(cwd, ENTRY), 'utf8'), main);
    assert.deepEqual(
      readdirSync(cwd).filter(name => name.startsWith('.')),
      ['.prosodist'],
    );
  });

  it('a file outside of the folder is verified by itself', () => {
    const cwd = freshTree();
    const outside = `${cwd}-outside.cfg.lua`;
    writeFileSync(outside, 'old');
    const plan = { files: [{ file: outside, before: 'old', after: 'new', edits: [], secret: false }], links: [] };
    assert.match(refusal(cwd, [`sh -c 'cat "$1"; exit 1' sh %s`], plan).message, /\nnew$/);
  });
});
