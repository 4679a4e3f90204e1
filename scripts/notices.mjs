import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

/**
 * The licences of the libraries that are in a bundle: they ask that their text comes along.
 * @param inputs the bundle's files, from the repository's folder on, as esbuild's metafile names them
 */
export function notices(inputs) {
  const folders = new Set(inputs.map(input => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0]).filter(Boolean));
  return joinedNotices([...folders].sort().map(notice));
}

const LINE = `\n${'-'.repeat(80)}\n\n`;

/** One text of several notices. */
export function joinedNotices(notices) {
  return notices.join(LINE);
}

/** The notices of such a text. */
export function noticesIn(text) {
  return text.split(LINE).filter(Boolean);
}

function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const file = readdirSync(join(root, folder)).find(entry => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${folder} has no file with its licence: its text must be in what is shipped`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(root, folder, file), 'utf8').trim()}\n`;
}
