// The real VS Code for tests: the workbench as code-server serves it, in Debian's Chromium, driven by keyboard as a
// person would. Everything it needs is installed by test/labs/install-vscode.sh and Debian packages; nothing is fetched.
import { accessSync, constants, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { labsFolder } from './labs.js';
import { Program } from './program.js';
import { VsCode } from './vscode-window.js';

export { VsCode } from './vscode-window.js';

/** Tests that VS Code runs in its extension host. */
export interface HostTests {
  /** Folder of an extension that is under development: VS Code runs tests only where there is one. */
  readonly extension: string;
  /** The module whose `run` runs the tests. */
  readonly file: string;
  /** Called when it has run. @param why the end of what VS Code said meanwhile */
  ended(why: string): void;
}

/** What a VS Code is started with. */
export interface StartOptions {
  /** The folder to open, or a `.code-workspace` file. */
  workspace: string;
  /** An extension to install, as a user would install it. */
  vsix?: string;
  /** Tests to run in the extension host. */
  hostTests?: HostTests;
  /** User settings on top of the quiet ones that tests need. */
  settings?: Record<string, unknown>;
}

/** The installed VS Code, ready to be started any number of times, also side by side. */
export interface Lab {
  start(options: StartOptions): Promise<VsCode>;
}

const browserFile = process.env.PROSODIST_CHROMIUM ?? '/usr/bin/chromium';
const browserArguments = [
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking',
  '--disable-component-update --disable-sync --disable-dev-shm-usage',
].flatMap(line => line.split(' '));

// Questions, tips and background work would get in the way of keys and clocks; saving is what the test does.
const quietSettings = {
  'security.workspace.trust.enabled': false,
  'files.autoSave': 'off',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'chat.commandCenter.enabled': false,
  'editor.minimap.enabled': false,
  'editor.stickyScroll.enabled': false,
};

/** The VS Code of this machine, or what is missing for it (the reason why a test is skipped). */
export function vscodeLab(): Lab | { missing: string } {
  const folder = labsFolder('vscode');
  const program = join(folder, 'code-server');
  if (!runnable(program)) return { missing: `VS Code is not there: run test/labs/install-vscode.sh ${folder}` };
  if (!runnable(browserFile))
    return { missing: `${browserFile} is not there: install Debian's chromium, or set PROSODIST_CHROMIUM` };
  return { start: options => start(program, options) };
}

async function start(program: string, options: StartOptions): Promise<VsCode> {
  const home = mkdtempSync(join(tmpdir(), 'prosodist-vscode-'));
  const remove = () => rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  process.once('exit', remove); // for a test run that is broken off
  const running: { stop(): Promise<void> }[] = [];
  const close = async () => {
    for (const one of running.splice(0).reverse()) await one.stop();
    process.off('exit', remove);
    remove();
  };
  try {
    const folders = ['--user-data-dir', join(home, 'data'), '--extensions-dir', join(home, 'extensions')];
    mkdirSync(join(home, 'data/User'), { recursive: true });
    writeFileSync(join(home, 'data/User/settings.json'), JSON.stringify({ ...quietSettings, ...options.settings }));
    const run = (...more: string[]) => {
      const started = new Program(program, [...folders, ...more], environment(home));
      running.push(started);
      return started;
    };
    if (options.vsix) await run('--install-extension', options.vsix).ends('installing the extension');
    const server = run('--auth', 'none', '--bind-addr', '127.0.0.1:0', '--disable-telemetry', '--disable-update-check');
    const [origin = ''] = await server.prints(/http:\/\/127\.0\.0\.1:\d+/, 'starting VS Code');
    const browser = await chromium.launch({ executablePath: browserFile, args: browserArguments, timeout: 60_000 });
    running.push({ stop: () => browser.close() });
    const page = await newPage(browser);
    if (options.hostTests) await hear(page, options.hostTests);
    return await VsCode.open(page, address(origin, options), close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function newPage(browser: Browser) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  // An unsaved file must not keep the window from closing.
  page.on('dialog', dialog => void dialog.accept().catch(() => undefined));
  return page;
}

// VS Code tells a page that has these functions what an extension host with tests says, and how it ended.
async function hear(page: Page, { ended }: HostTests): Promise<void> {
  const said: string[] = [];
  await page.exposeFunction('codeAutomationLog', (_: string, words: unknown[]) => void said.push(words.map(String).join(' ')));
  await page.exposeFunction('codeAutomationExit', (code: number) =>
    ended([`it ended with status ${code}`, ...said.slice(-20)].join('\n')),
  );
}

function address(origin: string, { workspace, hostTests }: StartOptions): string {
  const url = new URL(origin);
  const remote = (file: string) => `vscode-remote://${url.host}${realpathSync(file)}`;
  url.searchParams.set(workspace.endsWith('.code-workspace') ? 'workspace' : 'folder', realpathSync(workspace));
  if (hostTests) {
    const payload = { extensionDevelopmentPath: remote(hostTests.extension), extensionTestsPath: remote(hostTests.file) };
    url.searchParams.set('payload', JSON.stringify(Object.entries(payload)));
  }
  return url.href;
}

// A home of its own; and nothing of a VS Code whose terminal the tests run in, or files would be opened there.
function environment(home: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE|ELECTRON|CODE_SERVER|CS|XDG|NODE_OPTIONS|PORT$)/.test(name),
  );
  return { ...Object.fromEntries(inherited), HOME: home };
}

function runnable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
