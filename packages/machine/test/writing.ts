import assert from 'node:assert/strict';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlannedFile } from '@prosodist/core';
import { type Writable, WriteError, type WriteOptions, writePlan as write } from '../src/index.js';

export const change = (file: string, before: string, after: string): PlannedFile => ({
  file,
  before,
  after,
  edits: [],
  secret: false,
});
export const create = (file: string, after: string, secret = false): PlannedFile => ({
  file,
  before: null,
  after,
  edits: [],
  secret,
});
export const plan = (files: PlannedFile[], links: { path: string; target: string }[] = []) => ({ files, links });
export const text = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8');
export const mode = (folder: string, name: string) => lstatSync(join(folder, name)).mode & 0o777;

/** Beside no file of the tree: what a write keeps for itself is in the folder all the same. */
export const writePlan = (writable: Writable, options: Omit<WriteOptions, 'entry'>) =>
  write(writable, { entry: 'entry', ...options });
/** The names in a folder that are not the writer's own. */
export const names = (folder: string) =>
  readdirSync(folder)
    .filter(name => !name.startsWith('.prosodist'))
    .sort();

/** What a write that must not happen throws. */
export function refusal(
  files: PlannedFile[],
  links: { path: string; target: string }[],
  options: Omit<WriteOptions, 'entry'>,
): WriteError {
  try {
    writePlan(plan(files, links), options);
  } catch (error) {
    assert.ok(error instanceof WriteError, String(error));
    return error;
  }
  return assert.fail('it was written');
}
