// The corpus of real configurations, where it lies beside the repository, as trees for Prosody and for us.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Version } from './prosody.js';
import { type FileSpec, readTree } from './prosody-files.js';
import type { RepositoryTree } from './trees.js';

const corpus = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url));

/** Whether the corpus is there, else what is missing for it. */
export const corpusLab: object | { missing: string } = existsSync(`${corpus}manifest.tsv`)
  ? {}
  : { missing: 'the corpus of real configurations is not here (needs ../shared)' };

interface Expected {
  readonly ok: boolean;
  readonly includes?: readonly string[];
  readonly entry?: string;
}

/** What Prosody of a version loads of the corpus: whole trees, and lone files with everything that they include there and empty. */
export function corpusTrees(version: Version): RepositoryTree[] {
  return [...corpusFiles(version), ...corpusFolders(version)];
}

/**
 * The lone files of the corpus, with everything that they include there and empty.
 * @param refused those too that Prosody does not load
 */
export function corpusFiles(version: Version, refused = false): RepositoryTree[] {
  return readdirSync(`${corpus}expected/${version}`).flatMap(answer => {
    const name = answer.slice(0, -'.json'.length);
    const { ok, includes = [] } = read(`${corpus}expected/${version}/${answer}`);
    if (!ok && !refused) return [];
    const files: Record<string, FileSpec> = { 'prosody.cfg.lua': asSpec(readFileSync(`${corpus}files/${name}`)) };
    for (const include of includes) {
      if (/[*?]/.test(include)) files[include.replace(/\/[^/]*$/, '')] = { directory: true };
      else files[include] = '';
    }
    return [{ name, files, entry: 'prosody.cfg.lua', notes: [] }];
  });
}

/** The whole trees of the corpus. */
export function corpusFolders(version: Version, refused = false): RepositoryTree[] {
  const ending = `.expected.${version}.json`;
  return readdirSync(`${corpus}trees`).flatMap(answer => {
    if (!answer.endsWith(ending)) return [];
    const name = answer.slice(0, -ending.length);
    const { ok, entry = 'prosody.cfg.lua' } = read(`${corpus}trees/${answer}`);
    const files = Object.entries(readTree(`${corpus}trees/${name}`));
    return ok || refused
      ? [{ name, files: Object.fromEntries(files.map(([path, file]) => [path, linked(path, file)])), entry, notes: [] }]
      : [];
  });
}

/** Links came to the corpus as files that hold where they point to. */
function linked(path: string, file: FileSpec): FileSpec {
  if (typeof file !== 'string' || !/^\.\.\/\S+$/.test(file)) return file;
  return posix.normalize(`${posix.dirname(path)}/${file}`).startsWith('..') ? file : { link: file };
}

function asSpec(bytes: Buffer): FileSpec {
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : new Uint8Array(bytes);
}

function read(path: string): Expected {
  return JSON.parse(readFileSync(path, 'utf8')) as Expected;
}
