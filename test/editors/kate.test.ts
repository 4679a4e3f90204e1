import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { Desk, documented, editorLab, FILES } from '../support/editors.js';
import { eventually } from '../support/eventually.js';
import { describeWith } from '../support/needing.js';

// Kate asks once whether a server may be started, and keeps the answer in its settings; plugins are on in a session.
const ALLOWED = (program: string) => `[lspclient]\nAllowedServerCommandLines=${program} --stdio\n`;
const SESSION = '[Kate Plugins]\nlspclientplugin=true\n';

describeWith('Kate', editorLab('/usr/bin/kate'), ({ program }) => {
  it('starts the server, opens the file with it, and takes its findings and symbols', async function () {
    this.timeout(90_000);
    const desk = new Desk({
      ...FILES,
      '.config/kate/lspclient/settings.json': documented('kate'),
      '.local/share/kate/anonymous.katesession': SESSION,
    });
    desk.write('.config/katerc', ALLOWED(desk.path('bin/prosodist-language-server')));
    const { has, log } = desk.record();
    chmodSync(desk.home, 0o700);
    const environment = {
      ...desk.environment,
      XDG_RUNTIME_DIR: desk.home,
      XDG_CONFIG_HOME: desk.path('.config'),
      XDG_DATA_HOME: desk.path('.local/share'),
      QT_QPA_PLATFORM: 'offscreen',
    };
    const file = desk.path('prosody/prosody.cfg.lua');
    const kate = spawn('dbus-run-session', ['--', program, '-n', file], {
      env: environment,
      cwd: desk.home,
      stdio: 'ignore',
      detached: true,
    });
    try {
      await eventually(() => has('"textDocument/didOpen"', 'textDocument/publishDiagnostics', 'syntax-error'), log, 60_000);
      // what it asks for by itself once a file is open
      await eventually(() => has('"textDocument/documentSymbol"', 'semanticTokens/range'), log, 60_000);
      assert.match(log(), /"prosodyVersion":\s*"13\.0"/);
    } finally {
      if (kate.pid !== undefined) process.kill(-kate.pid, 'SIGKILL');
      desk.remove();
    }
  });
});
