// The cases of test/fixtures/oracle: small configurations of our own, many in a file, which its README explains.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Version } from './prosody.js';
import type { FileSpec } from './prosody-files.js';

/** One configuration, and how it is to be read. */
export interface OracleCase {
  /** File and name: `scopes: reopening`. */
  readonly name: string;
  readonly files: Record<string, FileSpec>;
  readonly entry: string;
  readonly env: Record<string, string>;
  /** Why values of ours may be unknown in it; nowhere else may they. */
  readonly unknown: string | null;
  readonly versions: readonly Version[];
}

type Building = { -readonly [Key in keyof OracleCase]: OracleCase[Key] };

const folder = fileURLToPath(new URL('../fixtures/oracle', import.meta.url));

/** All cases, in the order of the files and of what stands in them. */
export function oracleCases(): OracleCase[] {
  const names = readdirSync(folder).filter(name => name.endsWith('.cases'));
  return names.sort().flatMap(name => casesOf(name.slice(0, -'.cases'.length), readFileSync(`${folder}/${name}`, 'utf8')));
}

/** Reads one file of cases. */
export function casesOf(topic: string, text: string): OracleCase[] {
  const cases: OracleCase[] = [];
  for (const part of text.split(/^=== /m).slice(1)) {
    const [title = '', ...lines] = part.split('\n');
    cases.push(caseOf(`${topic}: ${title.trim()}`, lines));
  }
  return cases;
}

function caseOf(name: string, lines: readonly string[]): OracleCase {
  const one: Building = { name, files: {}, entry: 'prosody.cfg.lua', env: {}, unknown: null, versions: ['0.12', '13.0'] };
  let at = 0;
  for (; lines[at]?.startsWith('@'); at++) direct(one, lines[at]!);
  let path = one.entry;
  let kind = 'file';
  let body: string[] = [];
  const finish = () => {
    const text = body.map(line => `${line}\n`).join('');
    if (kind === 'bytes') one.files[path] = bytesOf(text.replace(/\n+$/, ''));
    else if (kind === 'file' && !(body.length === 0 && path === one.entry)) one.files[path] = text;
    body = [];
  };
  // The blank line before the next header belongs to no file.
  const content = lines.slice(at, lines.findLastIndex(line => line.trim() !== '') + 1);
  for (const line of content) {
    const header = /^--- (file|bytes|link|directory): (.+)$/.exec(line);
    if (!header) {
      body.push(line);
      continue;
    }
    finish();
    [, kind, path] = header as unknown as [string, string, string];
    const [from = '', target = ''] = path.split(' -> ');
    if (kind === 'link') one.files[from] = { link: target };
    if (kind === 'directory') one.files[path] = { directory: true };
  }
  finish();
  return one;
}

function direct(one: Building, line: string): void {
  const [, word, rest = ''] = /^@(\w+) ?(.*)$/.exec(line) ?? [];
  if (word === 'env') one.env[rest.slice(0, rest.indexOf('='))] = rest.slice(rest.indexOf('=') + 1);
  else if (word === 'entry') one.entry = rest;
  else if (word === 'unknown') one.unknown = rest;
  else if (word === 'only') one.versions = [rest as Version];
  else throw new Error(`${one.name}: ${line} is no directive`);
}

/** `%0D` stands for a byte, so that an editor cannot lose it. */
function bytesOf(text: string): Uint8Array {
  return Buffer.from(
    Buffer.from(text, 'utf8')
      .toString('latin1')
      .replace(/%([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}
