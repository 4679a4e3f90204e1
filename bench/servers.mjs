// What each language server is, and how it is got. The peers are measured beside ours, on files of the same size; they are no
// dependencies of anything, so they are installed into the folder of the labs when they are first wanted.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configuration } from './configuration.mjs';

const PEERS = { 'yaml-language-server': '1.25.0', 'vscode-langservers-extracted': '4.10.0' };
const labs = process.env.PROSODIST_LABS || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'prosodist-labs');
const folder = join(labs, 'language-servers');

/** The servers with their texts: `text(bytes)` is about that long, `at` finds where to type. Peers are left out where npm cannot reach them. */
export function servers() {
  const ours = {
    name: 'prosodist',
    command: [fileURLToPath(new URL('../packages/language-server/dist/main.cjs', import.meta.url)), '--stdio'],
    extension: 'cfg.lua',
    language: 'prosody',
    text: bytes => configuration(Math.max(1, Math.round((bytes - 2200) / 371))),
  };
  return [ours, ...(installed() ? peers() : [])];
}

function peers() {
  const bin = name => join(folder, 'node_modules/.bin', name);
  const entries = bytes => Array.from({ length: Math.round(bytes / 240) }, (_, index) => entry(index));
  return [
    {
      name: 'yaml-language-server',
      command: [bin('yaml-language-server'), '--stdio'],
      extension: 'yaml',
      language: 'yaml',
      text: bytes =>
        entries(bytes)
          .map(host => `- ${Object.entries(host).map(yamlLine).join('\n  ')}\n`)
          .join(''),
    },
    {
      name: 'vscode-json-language-server',
      command: [bin('vscode-json-language-server'), '--stdio'],
      extension: 'json',
      language: 'json',
      text: bytes => JSON.stringify(entries(bytes), null, 1),
    },
  ];
}

function entry(index) {
  const name = `host${String(index).padStart(6, '0')}.example.com`;
  return {
    host: name,
    enabled: true,
    authentication: 'internal_hashed',
    modules: ['mam', 'carbons', 'smacks', 'limits', `mod${index}`],
    admins: [`admin@${name}`, `operator${index}@example.com`],
  };
}

function yamlLine([key, value]) {
  return `${key}: ${JSON.stringify(value)}`;
}

function installed() {
  if (existsSync(join(folder, 'node_modules/.bin/yaml-language-server'))) return true;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    const packages = Object.entries(PEERS).map(([name, version]) => `${name}@${version}`);
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...packages], {
      cwd: folder,
      stdio: 'ignore',
    });
    return true;
  } catch {
    console.warn('bench: yaml-language-server and vscode-json-language-server are left out, npm could not install them');
    return false;
  }
}
