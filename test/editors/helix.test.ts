import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { Desk, documented, editorLab, FILES } from '../support/editors.js';
import { eventually } from '../support/eventually.js';
import { labsFolder } from '../support/labs.js';
import { describeWith } from '../support/needing.js';

/** Longer than Helix waits for the rest of an escape sequence: Escape and the next key are two keys. */
const KEY = 300;

describeWith('Helix', editorLab(labsFolder('helix/hx')), ({ program }) => {
  it('shows the findings of the server, counts in UTF-8, and takes a fix', async function () {
    this.timeout(120_000);
    const desk = new Desk({ ...FILES, '.config/helix/languages.toml': documented('helix') });
    const { has, log } = desk.record();
    const name = 'prosody/prosody.cfg.lua';
    // script(1) makes the terminal
    const line = `stty rows 30 cols 120; exec '${program}' ${name}`;
    const helix = spawn('script', ['-qfec', line, '/dev/null'], {
      env: { ...desk.environment, TERM: 'xterm' },
      cwd: desk.home,
      stdio: ['pipe', 'pipe', 'ignore'],
      detached: true,
    });
    let shown = '';
    helix.stdout.setEncoding('utf8').on('data', text => {
      shown += text;
    });
    const press = async (...keys: string[]) => {
      for (const key of keys) {
        helix.stdin.write(key);
        await new Promise(resolve => setTimeout(resolve, KEY));
      }
    };
    try {
      await eventually(() => has('textDocument/publishDiagnostics', 'syntax-error'), log, 60_000);
      assert.match(log(), /"positionEncoding":"utf-8"/);
      // where the cursor stands Helix writes the finding out
      await press('2', 'g', 'g', 'l', 'l');
      await eventually(
        () => /comma/.test(shown) && shown.includes('(syntax-error)'),
        () => shown,
      );
      await press(' ', 'a');
      await eventually(() => has('"textDocument/codeAction"', 'Insert `,`'), log);
      await press('\r');
      await eventually(() => has('"textDocument/didChange"'), log);
      await press('\x1b', ':', 'w', '\r');
      await eventually(
        () => desk.read(name).includes('"a@meet.example.com",'),
        () => desk.read(name),
      );
    } finally {
      if (helix.pid !== undefined) process.kill(-helix.pid, 'SIGKILL');
      desk.remove();
    }
  });
});
