// The commands that installers use today, run on the trees of the patcher's acceptance cases.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type LuaLiteral, literal, type Operation } from '@prosodist/core';
import type { PatchCase } from '../../packages/core/test/support/patch-cases.js';
import { type Files, readTree } from '../support/prosody-files.js';

/** What one installer does for a row of the acceptance table. */
export interface Installer {
  /** `A20` */
  readonly row: string;
  /** Who does it, and how; or why there is no command. */
  readonly source: string;
  /** For bash; empty where nobody does it by a script. */
  readonly script: string;
}

const DATA = fileURLToPath(new URL('../fixtures/patch/installers.txt', import.meta.url));

export function installers(): Installer[] {
  return readFileSync(DATA, 'utf8')
    .split(/^=== /m)
    .slice(1)
    .map(part => {
      const [, row = '', source = '', script = ''] = /^(A\d\d) (.*)\n([\s\S]*)$/.exec(part) ?? [];
      return { row, source: source.replace(/^none: /, ''), script: script.trim() };
    });
}

/** The tree of a case after the commands, and after the same once more. */
export function runInstaller({ script }: Installer, one: PatchCase): { first: Files; second: Files } {
  const folder = mkdtempSync(join(tmpdir(), 'installer-'));
  try {
    for (const [path, spec] of Object.entries(one.files)) {
      const at = join(folder, path);
      mkdirSync(typeof spec === 'object' && 'directory' in spec ? at : dirname(at), { recursive: true });
      if (typeof spec === 'string') writeFileSync(at, spec);
      else if ('link' in spec) symlinkSync(spec.link, at);
    }
    const run = () => {
      for (const operation of one.operations) {
        const env = { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', ...variables(operation, one) };
        spawnSync('bash', ['-c', script], { cwd: folder, env, timeout: 10_000, stdio: 'ignore' });
      }
      return readTree(folder);
    };
    return { first: run(), second: run() };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the commands are told: the names and values of the operation, as a person would put them into the script. */
function variables(operation: Operation, one: PatchCase): Record<string, string> {
  const given = operation as unknown as Record<string, unknown>;
  const scope = given.scope as undefined | 'global' | Record<string, string>;
  const host = typeof scope === 'object' ? Object.values(scope)[0]! : String(given.host ?? '');
  const path = (given.path as (string | number)[] | undefined) ?? [];
  const items = ((given.items as LuaLiteral[] | undefined) ?? []).map(item => literal(item));
  const options = Object.entries((given.options as Record<string, LuaLiteral> | undefined) ?? {});
  const where = given.where as undefined | string | Record<string, LuaLiteral>;
  const [setKey, setValue] = Object.entries((given.set as Record<string, LuaLiteral> | undefined) ?? {})[0] ?? [];
  const value = given.value ?? setValue;
  const anchor = typeof where === 'object' ? (where.before ?? where.after) : undefined;
  return {
    OP: operation.op,
    FILE: fileOf(given, host, one),
    HOST: host,
    TO: String(given.to ?? ''),
    NAME: String(given.name ?? path[0] ?? ''),
    KEY: String(setKey ?? path.at(-1) ?? ''),
    VALUE: value === undefined ? `{ ${items.join(', ')} }` : literal(value as LuaLiteral),
    ITEM: items[0] ?? '',
    ANCHOR: anchor === undefined ? '' : literal(anchor),
    COMMENT: String(given.comment ?? ''),
    MODULE: given.module === undefined ? '' : literal(String(given.module)),
    OPTIONS: options.map(([name, option]) => `    ${name} = ${literal(option)}`).join('\n'),
    PATTERN: String(given.pattern ?? ''),
    LINK: String(given.name ?? ''),
    TEXT: String(given.text ?? ''),
  };
}

/** The file that the script would be pointed at: that of the host. */
function fileOf(given: Record<string, unknown>, host: string, { files, expected }: PatchCase): string {
  if (given.file !== undefined) return String(given.file);
  const texts = Object.entries(files).filter(([, spec]) => typeof spec === 'string');
  const changed = texts.filter(([path]) => typeof expected[path] === 'string');
  const own = (list: typeof texts) => list.find(([, text]) => host !== '' && String(text).includes(`"${host}"`));
  return (own(changed) ?? changed[0] ?? own(texts))?.[0] ?? 'prosody.cfg.lua';
}
