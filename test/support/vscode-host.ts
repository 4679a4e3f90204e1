// Tests that run inside of VS Code's extension host, with its API, and are tests of the mocha that starts them: each of theirs is one here.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import type { HostTests } from './vscode.js';

const top = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(import.meta.url);
/** Milliseconds that a test may take in there; here it may take a little more, until that is told. */
const PATIENCE = 60_000;

/** What is told of one test, or hook, a line of JSON each; the last line is `{ "ended": true }`. */
export interface Outcome {
  readonly title: readonly string[];
  readonly state: 'passed' | 'failed' | 'pending';
  readonly error?: string;
}

/** The tests of an entry, bundled for the host. */
export interface HostSuite extends HostTests {
  /** Defines the same tests here; each waits for its outcome. */
  define(): void;
  /** Ends the wait: nothing more is told. @param why what VS Code said at the end */
  ended(why: string): void;
  remove(): void;
}

/**
 * Bundles tests for the host, with a folder that is an extension without anything: VS Code runs tests only where an extension is under
 * development, and ours is to be the one that was installed.
 * @param entry a module with `define()`, which defines the tests, and `run()`, which runs them and writes their outcomes beside itself
 */
export function hostSuite(entry: string): HostSuite {
  // below node_modules, so that the host finds mocha as any test does
  const folder = mkdtempSync(path.join(top, 'node_modules/.cache/host-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  const file = path.join(folder, 'index.cjs');
  buildSync({
    entryPoints: [path.join(top, entry)],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  const manifest = { name: 'host-tests', publisher: 'prosodist', version: '0.0.0', engines: { vscode: '*' } };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  let end: string | undefined;
  let explained = false;
  const lines = () => read(path.join(folder, 'outcomes')).split('\n').slice(0, -1);
  const outcomes = () => lines().map(line => JSON.parse(line) as Outcome | { ended: true });
  const told = () => outcomes().filter((line): line is Outcome => 'title' in line);

  /** Waits until a test has been run in the host, and is what it was there. */
  async function become(context: Mocha.Context, title: readonly string[]): Promise<void> {
    const name = title.join('\0');
    const stop = Date.now() + PATIENCE + 20_000;
    for (;;) {
      // in this order, since the outcomes are written before the end is known
      if (Date.now() > stop) end ??= 'nothing was heard of it in time';
      const over = end !== undefined;
      const known = told();
      const outcome = known.find(each => each.title.join('\0') === name);
      if (outcome?.state === 'pending') context.skip();
      if (outcome?.state === 'passed') return;
      if (outcome) throw inHost(outcome.error ?? 'it failed');
      if (over || outcomes().some(line => 'ended' in line)) {
        // why, once: of hooks that failed, and of the host
        const failed = known.filter(({ state }) => state === 'failed').map(each => `${each.title.join(' ')}: ${each.error}`);
        const text = ['it did not run in the extension host', ...(explained ? [] : [end, ...failed])].filter(Boolean).join('\n');
        explained = true;
        throw inHost(text);
      }
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }

  return {
    extension: folder,
    file,
    ended: why => {
      end ??= why;
    },
    remove,
    define: () => {
      const prefix: string[] = [];
      const here = (title: string, test?: unknown) => {
        if (!test) return it(title);
        return it(title, function () {
          return become(this, this.test!.titlePath().slice(prefix.length));
        }).timeout(PATIENCE + 30_000);
      };
      describe('inside', function () {
        prefix.push(...this.titlePath());
        evaluate(file, { it: here, before: none, after: none, beforeEach: none, afterEach: none }).define();
      });
    },
  };
}

/** Evaluates a bundle whose `vscode` is absent; it is needed only when the tests run. */
function evaluate(file: string, globals: Record<string, unknown>): { define(): void } {
  const module = { exports: {} as { define(): void } };
  const needed = (name: string) => (name === 'vscode' ? {} : require(name));
  const names = ['require', 'module', 'exports', '__dirname', ...Object.keys(globals)];
  const values = [needed, module, module.exports, path.dirname(file), ...Object.values(globals)];
  new Function(...names, readFileSync(file, 'utf8'))(...values);
  return module.exports;
}

function none(): void {}

/** A failure whose stack is the one inside. */
function inHost(text: string): Error {
  const [message = ''] = text.split('\n    at ');
  return Object.assign(new Error(message), { stack: text });
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // nothing is told yet
  }
}
