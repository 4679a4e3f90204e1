import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeWith } from '../support/needing.js';
import { packedExtension } from '../support/packed-extension.js';
import { type VsCode, vscodeLab } from '../support/vscode.js';
import { hostSuite } from '../support/vscode-host.js';
import { serversOfOurs } from '../support/vscode-servers.js';

const top = fileURLToPath(new URL('../..', import.meta.url));

/** Files beside the example: what is not ours, and names that are. */
const OTHERS: Readonly<Record<string, string>> = {
  'other/init.lua': 'local x = 1\nreturn x\n',
  'other/prosody.lua': 'VirtualHost "a.example.com"\n',
  'other/cfg.json': '{}\n',
  'other/notes.md': '# VirtualHost "a.example.com"\n',
  'names/any.cfg.lua': 'VirtualHost "a.example.com"\n',
  'names/prosody/conf.d/host.lua': 'VirtualHost "b.example.com"\n',
  'names/prosody.cfg.lua.j2': 'VirtualHost "{{ domain }}"\n',
  'names/prosody/modules/mod_own.lua': 'function module.load() end\n',
};

/** The packed extension in VS Code, seen from inside: by tests of the extension host, with VS Code's API. */
describeWith('VS Code from inside', vscodeLab(), lab => {
  const suite = hostSuite('test/vscode/host/index.ts');
  let home = '';
  let code: VsCode | undefined;

  before(async function () {
    this.timeout(300_000);
    home = realpathSync(mkdtempSync(path.join(tmpdir(), 'prosodist-')));
    for (const [name, text] of Object.entries(OTHERS)) {
      mkdirSync(path.dirname(path.join(home, name)), { recursive: true });
      writeFileSync(path.join(home, name), text);
    }
    cpSync(path.join(top, 'examples/jitsi-active-directory'), path.join(home, 'meet'), {
      recursive: true,
      verbatimSymlinks: true,
    });
    writeFileSync(path.join(home, 'expected.json'), checked(path.join(home, 'meet')));
    code = await lab.start({
      workspace: home,
      vsix: packedExtension(),
      settings: { 'prosodist.prosodyVersion': '13.0' },
      hostTests: suite,
    });
  });
  after(async function () {
    this.timeout(60_000);
    await code?.close();
    suite.remove();
    if (home) rmSync(home, { recursive: true, force: true });
  });

  suite.define();

  // behind those inside: mocha runs the tests of a suite before the suites in it
  describe('closed', () => {
    it('leaves no server behind', async () => {
      await code!.hands.until('a server', async () => serversOfOurs().length === 1);
      await code!.page.goto('about:blank');
      await code!.hands.until('the end of the server', async () => serversOfOurs().length === 0);
    }).timeout(150_000);
  });
});

/** What the command line finds, as JSON. */
function checked(file: string): string {
  const command = ['packages/cli/dist/prosodist.cjs', '--prosody', '13.0', '--format', 'json', 'check', file];
  const { stdout, stderr } = spawnSync('node', command, { cwd: top, encoding: 'utf8' });
  if (!stdout.startsWith('{')) throw new Error(stderr);
  return stdout;
}
