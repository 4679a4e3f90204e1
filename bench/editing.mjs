// A client that types: one server process, one document, and what that costs the server.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { median } from './median.mjs';

const PATIENCE = 120_000;
/** Milliseconds in which a server that has answered comes to rest. */
const REST = 300;

/** The CPU time of a process so far, in milliseconds; the system counts in steps of ten. */
function cpu(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function memory(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
}

/**
 * One session with a server: start, open, keys, completions, twenty keys in a row. Times in milliseconds, memory in MiB.
 * @param keys how many keys are typed, each waiting for its diagnostics
 */
export async function session({ command, extension, language, text }, bytes, keys) {
  const folder = await mkdtemp(join(tmpdir(), 'prosodist-bench-'));
  const file = join(folder, extension === 'cfg.lua' ? 'prosody.cfg.lua' : `file.${extension}`);
  const content = text(bytes);
  writeFileSync(file, content);
  const started = performance.now();
  const server = spawn(process.execPath, command, { stdio: ['pipe', 'pipe', 'ignore'] });
  const connection = createMessageConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  try {
    return await measure(connection, server.pid, { uri: pathToFileURL(file).href, language, content, keys, started });
  } finally {
    connection.dispose();
    server.kill();
    await rm(folder, { recursive: true });
  }
}

async function measure(connection, pid, { uri, language, content, keys, started }) {
  const seen = watch(connection, uri);
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: { textDocument: { publishDiagnostics: { versionSupport: true }, completion: { completionItem: {} } } },
  });
  const result = { bytes: content.length, initialize: performance.now() - started };
  await connection.sendNotification('initialized', {});
  await pause(REST);
  result.idle = memory(pid);

  const at = place(content);
  let version = 1;
  let before = cpu(pid);
  let from = performance.now();
  const opened = seen(version);
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: language, version, text: content },
  });
  result.open = (await opened) - from;
  await pause(REST);
  result.openCpu = cpu(pid) - before;

  const type = () => {
    version += 1;
    // a letter, and away again
    const isLetter = version % 2 === 0;
    const range = { start: at, end: isLetter ? at : { line: at.line, character: at.character + 1 } };
    return connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ range, text: isLetter ? 'z' : '' }],
    });
  };
  const waits = [];
  before = cpu(pid);
  for (let key = 0; key < keys; key++) {
    from = performance.now();
    const answered = seen(version + 1);
    await type();
    waits.push((await answered) - from);
    await pause(REST);
  }
  result.key = median(waits);
  result.keyCpu = (cpu(pid) - before) / keys;

  const completions = [];
  for (let time = 0; time < keys; time++) {
    from = performance.now();
    await connection.sendRequest('textDocument/completion', { textDocument: { uri }, position: at }).catch(() => null);
    completions.push(performance.now() - from);
  }
  result.completion = median(completions);

  before = cpu(pid);
  const last = seen(version + 20);
  for (let key = 0; key < 20; key++) {
    await type();
    if (key < 19) await pause(30);
  }
  from = performance.now();
  result.burst = Math.max(0, (await last) - from);
  await pause(REST);
  result.burstCpu = cpu(pid) - before;
  result.memory = memory(pid);
  return result;
}

/** Tells when diagnostics of a version have come; a server that names no version means the newest. */
function watch(connection, uri) {
  let waiting = [];
  connection.onNotification('textDocument/publishDiagnostics', params => {
    if (decodeURIComponent(params.uri) !== decodeURIComponent(uri)) return;
    const now = performance.now();
    const done = waiting.filter(({ version }) => params.version === undefined || params.version >= version);
    waiting = waiting.filter(one => !done.includes(one));
    for (const { resolve } of done) resolve(now);
  });
  connection.onRequest('workspace/configuration', ({ items }) => items.map(() => null));
  connection.onRequest(() => null);
  return version =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no diagnostics in ${PATIENCE} ms`)), PATIENCE);
      const done = now => {
        clearTimeout(timer);
        resolve(now);
      };
      waiting.push({ version, resolve: done });
    });
}

/** Inside of a name in the middle of the file. */
function place(content) {
  const offset = content.indexOf('internal_hashed', content.length / 2) + 3;
  const lines = content.slice(0, offset).split('\n');
  return { line: lines.length - 1, character: lines.at(-1).length };
}
