// Parts of the extension without an editor: what its code takes to load, and what a judgement takes.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { lint, memoryFiles } from '../packages/core/dist/index.js';
import { root } from '../scripts/run.mjs';
import { ordinary } from './configuration.mjs';
import { median } from './median.mjs';
import { compare } from './processes.mjs';

const ENTRY = '/etc/prosody/prosody.cfg.lua';

/** Anything of VS Code's API can be read, called, made and extended. */
const STUB = `const any = new Proxy(function () {}, {
  get: (target, name) => name === 'prototype' ? target.prototype : name === Symbol.toPrimitive ? () => 0 : any,
  apply: () => any,
});
const { Module } = require('node:module');
const load = Module._load;
Module._load = (name, ...more) => name === 'vscode' ? any : load(name, ...more);
`;

/** CPU milliseconds that the client's bundle adds to the start of Node; medians of rounds with both. */
export function clientLoad(rounds) {
  const client = join(root, 'extension/dist/extension.cjs');
  const loaded = ['node', '-e', `${STUB}require(${JSON.stringify(client)}).activate.call`];
  // what cannot be loaded would be measured all the same
  execFileSync(loaded[0], loaded.slice(1), { stdio: ['ignore', 'ignore', 'inherit'] });
  const subjects = [
    { name: 'bare', command: ['node', '-e', STUB] },
    { name: 'client', command: loaded },
  ];
  const [bare, whole] = compare(subjects, rounds);
  return whole.cpu - bare.cpu;
}

/** Milliseconds from a text of so many lines to its findings, in a process that has done it before; another text every time. */
export function warmDiagnostics(lines) {
  let hosts = 1;
  while (ordinary(hosts).split('\n').length < lines) hosts += 1;
  const text = ordinary(hosts);
  const times = Array.from({ length: 60 }, (_, turn) => {
    const files = memoryFiles({ [ENTRY]: `-- ${turn}\n${text}` });
    const from = performance.now();
    lint(files, ENTRY);
    return performance.now() - from;
  });
  return median(times.slice(30));
}
