import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prosodist, withCopy, withTree } from './support/run.js';

/**
 * Every folder in `cases` is a test: `case.json` says the arguments, the environment and the status; `tree` is the working
 * directory; `stdout` and `stderr` are what must come out (absent: nothing). UPDATE=1 writes them anew, to be looked at.
 */
interface Case {
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly status: number;
  /** A folder of `trees` to work in, when there is none here. */
  readonly tree?: string;
  /** Links to make in the tree: path → target. */
  readonly links?: Readonly<Record<string, string>>;
}

const cases = fileURLToPath(new URL('cases', import.meta.url));

describe('commands', () => {
  for (const name of readdirSync(cases).sort()) {
    const folder = join(cases, name);
    const wanted = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')) as Case;
    it(`${name}: prosodist ${wanted.argv.join(' ')}`, async () => {
      const tree = wanted.tree === undefined ? join(folder, 'tree') : join(cases, '../trees', wanted.tree);
      const action = async (cwd: string) => {
        for (const [path, target] of Object.entries(wanted.links ?? {})) symlinkSync(target, join(cwd, path));
        const { env = {}, stdin = '' } = wanted;
        const result = await prosodist(wanted.argv, { cwd, env, stdin });
        const plain = (text: string) => text.replaceAll(realpathSync(cwd), '<TREE>');
        return { ...result, stdout: plain(result.stdout), stderr: plain(result.stderr) };
      };
      const result = await (existsSync(tree) ? withCopy(tree, action) : withTree({}, action));
      for (const stream of ['stdout', 'stderr'] as const) {
        const file = join(folder, stream);
        if (process.env.UPDATE === '1' && (result[stream] !== '' || existsSync(file))) writeFileSync(file, result[stream]);
        assert.equal(result[stream], existsSync(file) ? readFileSync(file, 'utf8') : '', stream);
      }
      assert.equal(result.status, wanted.status);
    });
  }
});
