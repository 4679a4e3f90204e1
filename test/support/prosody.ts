// The real Prosody as judge: both versions, as Debian ships them, say what they make of a configuration. The trees are
// installed by test/labs/install-prosody.sh; a configuration is run in a root of our own, by a user without rights.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { labsFolder } from './labs.js';
import { type Answer, Batch, bareEnvironment, tooLong } from './prosody-batch.js';
import { absolute, type FileSpec, type Files, Ground, home, readTree } from './prosody-files.js';
import { inside, makeRoot, nobody, prosodyUser } from './prosody-root.js';

export type { FileSpec, Files } from './prosody-files.js';

export type Version = '0.12' | '13.0';

/** A value as test/oracle/dump-config.lua writes it. */
export type DumpValue = null | boolean | number | string | DumpValue[] | { [key: string]: DumpValue };

/** What Prosody makes of a configuration. */
export interface ConfigDump {
  ok: boolean;
  /** Who refused it: Prosody's parser, its file handling, an exception in Prosody; or it did not end, or ended the program. */
  level: 'parser' | 'file' | 'exception' | 'timeout' | 'crash' | null;
  err: string | null;
  warnings: string[];
  /** The files read, an included one before the one that includes it, as Prosody writes their paths. */
  files: string[];
  /** Section (`*` is the global one) → option → value; empty when not `ok`. */
  config: Record<string, Record<string, DumpValue>>;
  /** The document as printed: it distinguishes 1 from 1.0, which `config` cannot. Empty after a timeout or crash. */
  text: string;
  /** The names in each folder of the tree in the order Prosody found them. */
  folders: Record<string, string[]>;
}

export interface LoadOptions {
  /** Environment variables, as `ENV_NAME` reads them. */
  env?: Readonly<Record<string, string>>;
  /** What Credential() does without credentials: as the server (`error`, the default) or as prosodyctl (`warn`). */
  credentials?: 'error' | 'warn';
  /** How long it may take; ten seconds unless told. */
  milliseconds?: number;
}

/** A configuration tree: its files, and which of them Prosody is started with. */
export interface Tree extends LoadOptions {
  files: Files;
  entry: string;
}

export interface CheckResult {
  status: number | null;
  /** What it printed, on both streams. */
  output: string;
}

const patience = 10_000;
const largest = 32 * 2 ** 20;
const labs = new Map<Version, Lab>();

/** The installed Prosody of a version, or what is missing for it (the reason why a test is skipped). */
export function prosodyLab(version: Version): Lab | { missing: string } {
  const known = labs.get(version);
  if (known) return known;
  const tree = labsFolder(`prosody-${version}`);
  if (process.getuid?.() !== 0) return { missing: `Prosody ${version} runs in a chroot, which needs root` };
  if (!existsSync(join(tree, '.complete')))
    return { missing: `Prosody ${version} is not there: run test/labs/install-prosody.sh ${version}` };
  const probe = spawnSync(...inside(tree, nobody, 'true'), { encoding: 'utf8' });
  if (probe.status !== 0)
    return { missing: `Prosody ${version} cannot be run in a chroot here: ${probe.error?.message ?? probe.stderr.trim()}` };
  const lab = new Lab(version, tree);
  labs.set(version, lab);
  return lab;
}

/** One version of Prosody. */
export class Lab {
  #single: { root: string; ground: Ground } | undefined;
  #batch: { ground: Ground; batch: Batch } | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(
    readonly version: Version,
    /** The folder of the Debian tree. */
    readonly tree: string,
  ) {}

  /** What Prosody makes of a tree, in a process of its own. Paths are as in Debian: relative ones are below /etc/prosody. */
  load(files: Files, entry: string, options: LoadOptions = {}): ConfigDump {
    const { env, milliseconds = patience } = options;
    const credentials = options.credentials ? ['--credentials', options.credentials] : [];
    return this.#placed(files, (root, folders) => {
      const command = inside(root, nobody, 'lua5.4', '/oracle/dump-config.lua', ...credentials, absolute(entry));
      const run = this.#run(command, env, milliseconds);
      if (run.timedOut) return asDump(tooLong(milliseconds), folders);
      // Before the document may stand what the configuration itself wrote.
      const start = run.stdout.indexOf('{"ok":');
      return asDump(
        start >= 0 ? { text: run.stdout.slice(start) } : { problem: 'crash', reason: run.stderr || `status ${run.status}` },
        folders,
      );
    });
  }

  /** The same for many trees, one after the other in one process: some hundred times faster. The order is kept. */
  async loadMany(trees: readonly Tree[]): Promise<ConfigDump[]> {
    const dumps: ConfigDump[] = [];
    for (const tree of trees) dumps.push(await this.loadNext(tree));
    return dumps;
  }

  /** One more tree in the process of `loadMany`: for properties that shrink what they found. */
  async loadNext(tree: Tree): Promise<ConfigDump> {
    const { answer, folders } = await this.#ask(tree, tree.credentials ?? 'error');
    return asDump(answer, folders);
  }

  /** What `modules` says of one tree more, in that process; where Prosody's module manager raises an error, that. */
  async modulesNext(tree: Tree): Promise<{ text: string } | { error: string }> {
    const { answer } = await this.#ask(tree, 'modules');
    return 'problem' in answer ? { error: answer.reason } : answer;
  }

  #ask({ files, entry, env = {}, milliseconds = patience }: Tree, mode: string) {
    const next = this.#queue.then(async () => {
      this.#batch ??= this.#startBatch();
      const folders = this.#batch.ground.place(files);
      const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
      return { answer: await this.#batch.batch.ask([absolute(entry), mode, ...variables], milliseconds), folders };
    });
    this.#queue = next.catch(() => undefined);
    return next;
  }

  /** `prosodyctl check config` (or another check) of a tree, run as Prosody's own user. */
  check(files: Files, entry: string, what = 'config'): CheckResult {
    return this.#placed(files, root => {
      const run = this.#run(inside(root, prosodyUser(this.tree), 'prosodyctl', '--config', absolute(entry), 'check', what));
      return { status: run.status, output: run.stdout + run.stderr };
    });
  }

  /** What test/oracle/dump-modules.lua prints: the modules, and where Prosody finds each, for every host. */
  modules(files: Files, entry: string): string {
    return this.#placed(
      files,
      root => this.#run(inside(root, nobody, 'lua5.4', '/oracle/dump-modules.lua', absolute(entry))).stdout,
    );
  }

  /** Debian's own /etc/prosody, as it is after the installation; paths relative to it. */
  stockTree(): Record<string, FileSpec> {
    return readTree(join(this.tree, home));
  }

  #startBatch() {
    const root = makeRoot(this.tree, `${this.version}-batch`);
    return { ground: new Ground(root), batch: new Batch(inside(root, nobody, 'lua5.4', '/oracle/batch.lua'), largest) };
  }

  #placed<T>(files: Files, work: (root: string, folders: Record<string, string[]>) => T): T {
    if (!this.#single) {
      const root = makeRoot(this.tree, this.version);
      this.#single = { root, ground: new Ground(root) };
    }
    return work(this.#single.root, this.#single.ground.place(files));
  }

  #run(command: [string, string[]], env: Readonly<Record<string, string>> = {}, milliseconds = 2 * patience) {
    const run = spawnSync(...command, {
      env: bareEnvironment(env),
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: milliseconds,
      killSignal: 'SIGKILL',
      maxBuffer: largest,
      encoding: 'utf8',
    });
    const timedOut = run.error !== undefined && 'code' in run.error && run.error.code === 'ETIMEDOUT';
    return { status: run.status, stdout: run.stdout, stderr: run.stderr, timedOut };
  }
}

function asDump(answer: Answer, folders: Record<string, string[]>): ConfigDump {
  if ('problem' in answer)
    return { ok: false, level: answer.problem, err: answer.reason, warnings: [], files: [], config: {}, text: '', folders };
  return { ...(JSON.parse(answer.text) as Omit<ConfigDump, 'text' | 'folders'>), text: answer.text, folders };
}
