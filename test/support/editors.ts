// The editors of Debian for tests, run without a screen, configured as docs/editors.md says.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const top = fileURLToPath(new URL('../..', import.meta.url));
const SERVER = join(top, 'packages/language-server/dist/main.cjs');

/** The configuration of an editor in docs/editors.md: the block behind `<!-- tested: NAME -->`. */
export function documented(name: string): string {
  const text = readFileSync(join(top, 'docs/editors.md'), 'utf8');
  const found = new RegExp(`<!-- tested: ${name} -->\n\`\`\`\\w+\n([\\s\\S]*?)\n\`\`\``).exec(text);
  if (!found) throw new Error(`docs/editors.md has no configuration of ${name}`);
  return `${found[1]}\n`;
}

/** An editor that is installed, or why the tests with it cannot run. */
export function editorLab(program: string): { readonly program: string } | { missing: string } {
  if (!existsSync(program)) return { missing: `${program} is not there (npm test as root installs it)` };
  return existsSync(SERVER) ? { program } : { missing: `${SERVER} is not built (npm run build)` };
}

/** A home of its own with files in it, and the server as an installed program on the path. */
export class Desk {
  readonly home = realpathSync(mkdtempSync(join(tmpdir(), 'prosodist-editor-')));

  /** @param files path in the home → text */
  constructor(files: Readonly<Record<string, string>>) {
    for (const [name, text] of Object.entries(files)) this.write(name, text);
    mkdirSync(join(this.home, 'bin'));
    symlinkSync(SERVER, join(this.home, 'bin/prosodist-language-server'));
  }

  path(name: string): string {
    return join(this.home, name);
  }

  write(name: string, text: string): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), text);
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  /** What a process of this desk sees: its own home, no settings of whoever runs the tests. */
  get environment(): NodeJS.ProcessEnv {
    const { PATH = '' } = process.env;
    return { PATH: `${this.path('bin')}:${PATH}`, HOME: this.home, LANG: 'C.UTF-8', TERM: 'dumb' };
  }

  /**
   * Runs an editor to its end and reads what its script has left in the file `result.json`.
   * @throws with everything that the editor said, when it ends badly, takes longer than a minute or leaves nothing
   */
  run(program: string, args: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
    const options = { env: this.environment, cwd: this.home, timeout: 60_000, killSignal: 'SIGKILL' } as const;
    return new Promise((resolve, reject) => {
      execFile(program, args, options, (error, stdout, stderr) => {
        const left = existsSync(this.path('result.json'));
        if (error || !left) reject(new Error(`${program} ended with ${error?.message ?? 'no result'}\n${stdout}\n${stderr}`));
        else resolve(JSON.parse(this.read('result.json')) as Record<string, unknown>);
      });
    });
  }

  /**
   * Puts a server on the path that writes down what the editor says to it and what it answers.
   * @returns whether all of these texts have gone over the wire, in either direction
   */
  record(): { readonly has: (...texts: readonly string[]) => boolean; readonly log: () => string } {
    const program = this.path('bin/prosodist-language-server');
    rmSync(program);
    const copy = (name: string) => `tee ${JSON.stringify(this.path(name))}`;
    writeFileSync(program, `#!/bin/sh\n${copy('said')} | ${process.execPath} ${SERVER} "$@" | ${copy('answered')}\n`, {
      mode: 0o755,
    });
    const log = () => ['said', 'answered'].map(name => (existsSync(this.path(name)) ? this.read(name) : '')).join('\n');
    return { log, has: (...texts) => texts.every(text => log().includes(text)) };
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}

/** What the editors are shown: a missing comma, a host that two files name. */
export const FILES = {
  'prosody/prosody.cfg.lua': `admins = {
  "a@meet.example.com"
  "b@example.com"
}
modules_enabled = { "saslauth"; "tls" }
Include "conf.d/*.cfg.lua"
`,
  'prosody/conf.d/meet.cfg.lua': `VirtualHost "meet.example.com"
    storage = "memory"
    authent
`,
} as const;
