import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeWith } from './needing.js';
import { packedExtension } from './packed-extension.js';
import { type VsCode, vscodeLab } from './vscode.js';

/** Where pictures go: `npm run pictures` puts them into the documentation. */
export const pictures = process.env.PROSODIST_PICTURES ?? fileURLToPath(new URL('../out', import.meta.url));

/** What a suite opens. */
export interface Prepared {
  /** A folder, or a `.code-workspace` file. */
  readonly workspace: string;
  readonly settings?: Record<string, unknown>;
}

/** What the tests of a suite use. */
export interface Suite {
  /** The window; there once the tests run. */
  readonly code: VsCode;
  /** A folder of the suite's own, which is removed afterwards. */
  readonly home: string;
}

/**
 * Tests in one VS Code with the packed extension, started once because that takes many seconds. What a test sees when it fails is
 * kept as a picture.
 * @param prepare makes what is opened, in the suite's own folder
 * @param more what else the tests need; where it is missing they are skipped, with the reason
 */
export function inVsCode(
  title: string,
  prepare: (home: string) => Prepared | Promise<Prepared>,
  tests: (suite: Suite) => void,
  more: object | { missing: string } = {},
): void {
  const lab = vscodeLab();
  describeWith(title, 'missing' in more ? (more as { missing: string }) : lab, lab => {
    let code: VsCode | undefined;
    let home = '';
    before(async function () {
      this.timeout(300_000);
      if (!('start' in lab)) throw new Error('no VS Code');
      home = realpathSync(mkdtempSync(path.join(tmpdir(), 'prosodist-')));
      mkdirSync(pictures, { recursive: true });
      code = await lab.start({ ...(await prepare(home)), vsix: packedExtension() });
    });
    // above the patience of the window, whose failures tell what was waited for
    beforeEach(function () {
      this.currentTest?.timeout(150_000);
    });
    afterEach(async function () {
      const name = this.currentTest?.fullTitle().replace(/\W+/g, '-');
      if (this.currentTest?.state === 'failed') await code?.screenshot(path.join(pictures, `failed-${name}.png`));
    });
    after(async function () {
      this.timeout(60_000);
      await code?.close();
      if (home) rmSync(home, { recursive: true, force: true });
    });
    tests({
      get code() {
        if (!code) throw new Error('VS Code has not been started');
        return code;
      },
      get home() {
        return home;
      },
    });
  });
}
