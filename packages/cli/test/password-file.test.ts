import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstLine } from '../src/password-file.js';

describe('a file with a password', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'prosodist-password-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const io = () => ({ stdout: process.stdout, stderr: process.stderr, stdin: process.stdin, env: {}, cwd: folder, isTTY: false });

  const texts: Readonly<Record<string, readonly [text: string, line: string]>> = {
    'a line': ['s3cret\n', 's3cret'],
    'no line end': ['s3cret', 's3cret'],
    "Windows' line end and a mark": ['\ufeffs3cret\r\nmore', 's3cret'],
    'blanks and umlauts': [' ä ö \n', ' ä ö '],
    nothing: ['', ''],
    'more than a password can be': ['x'.repeat(100_000), 'x'.repeat(65_536)],
  };
  for (const [name, [text, line]] of Object.entries(texts))
    it(`takes the first line: ${name}`, async () => {
      writeFileSync(join(folder, 'password'), text);
      assert.equal(await firstLine(io(), 'password'), line);
    });

  it('takes what a program writes into a pipe', async () => {
    if (process.platform === 'win32') return;
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    execFileSync('sh', ['-c', `(printf 'from a pipe\\n' > '${pipe}') >/dev/null 2>&1 &`]);
    assert.equal(await firstLine(io(), pipe), 'from a pipe');
  });

  const refused: Readonly<Record<string, RegExp>> = {
    nothing: /^nothing: the password cannot be read: no such file$/,
    folder: /^folder: the password cannot be read: a folder, not a file$/,
  };
  for (const [name, words] of Object.entries(refused))
    it(`says why there is none: ${name}`, async () => {
      mkdirSync(join(folder, 'folder'), { recursive: true });
      await assert.rejects(firstLine(io(), name), { message: words });
    });
});
