// Thousands of edits, then the question whether anything of them is left but the texts.
import { strict as assert } from 'node:assert';
import { PassThrough } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { machineEnvironment, startServer } from '@prosodist/language-server';
import { createMessageConnection, type MessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { createConnection, type Diagnostic, type SemanticTokens } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { PULL } from './client.js';
import { Workspace } from './workspace.js';

const FILES = 50;
const EDITS = 10_000;
const SEED = 20_261_124;
/** Bytes that may come to the heap between the first part of the storm and its end: what caches hold differs a little. */
const GROWTH = 8 * 1024 * 1024;

/** Numbers from 0 to below `most`, the same for every run (mulberry32). */
function randomFrom(seed: number): (most: number) => number {
  let state = seed;
  return most => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % most;
  };
}

function original(index: number): string {
  if (index === 0)
    return 'admins = { "a@h1.example" }\nmodules_enabled = { "bosh"; "saslauth" }\nlog = {\n  info = "*syslog";\n}\nInclude "conf.d/*.cfg.lua"\n';
  return `-- host ${index}
local domain = "h${index}.example"
VirtualHost "h${index}.example"
    authentication = "${index % 2 ? 'ldap2' : 'internal_hashed'}"
    modules_enabled = { "mam", "ping" }
    muc = "conference.h${(index % (FILES - 1)) + 1}.example"
Component("conference." .. domain) "muc"
    name = [[ long
text ]]
`;
}

const PIECES = [
  ...'{}[]()"\'=,;-\n ',
  '--[[',
  ']]',
  'end',
  'local x = ',
  'VirtualHost "h3.example"\n',
  'Component "conference.h4.example" "muc"\n',
  'authentication = "ldap"\n',
  'if true then ',
  'for i = 1, 3 do ',
  '"ü😀"',
  'ldap = { user = { filter = "(&(a=b)(c=d))" } }\n',
];

/** A server in this process, so that its heap can be measured, and a client that speaks with it. */
function start(): { client: MessageConnection; stop(): void } {
  const [there, back] = [new PassThrough(), new PassThrough()];
  startServer(createConnection(new StreamMessageReader(there), new StreamMessageWriter(back)), machineEnvironment());
  const client = createMessageConnection(new StreamMessageReader(back), new StreamMessageWriter(there));
  client.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => ({ prosodyVersion: '13.0' })));
  client.onRequest(() => null);
  client.listen();
  return { client, stop: () => client.dispose() };
}

describe('a storm of edits', function () {
  this.timeout(180_000);

  it(`leaves nothing behind: after ${EDITS} edits of ${FILES} files the answers are those of a new server`, async () => {
    const names = Array.from({ length: FILES }, (_, index) => (index === 0 ? 'prosody.cfg.lua' : `conf.d/h${index}.cfg.lua`));
    const workspace = new Workspace(Object.fromEntries(names.map((name, index) => [name, original(index)])));
    const uris = names.map(name => workspace.uri(name));
    const random = randomFrom(SEED);
    const texts = uris.map((uri, index) => TextDocument.create(uri, 'prosody', 1, original(index)));
    const stormy = start();
    try {
      await initialize(stormy.client, workspace, texts);
      let warm = 0;
      for (let edit = 1; edit <= EDITS; edit++) {
        const index = random(FILES);
        const before = texts[index]!;
        const change = random(60) === 0 ? { text: original(index) } : part(before, random);
        texts[index] = TextDocument.update(
          TextDocument.create(before.uri, 'prosody', edit, before.getText()),
          [change],
          edit + 1,
        );
        const params = { textDocument: { uri: before.uri, version: edit + 1 }, contentChanges: [change] };
        void stormy.client.sendNotification('textDocument/didChange', params);
        if (edit % 100 === 0) await answers(stormy.client, before.uri);
        if (edit === EDITS / 5) warm = heap();
      }
      const grown = heap() - warm;
      assert.ok(grown < GROWTH, `the heap has grown by ${Math.round(grown / 1024)} KiB`);
      const calm = start();
      try {
        await initialize(calm.client, workspace, texts);
        for (const uri of uris) assert.deepEqual(await answers(stormy.client, uri), await answers(calm.client, uri), uri);
      } finally {
        calm.stop();
      }
    } finally {
      stormy.stop();
      workspace.remove();
    }
  });
});

/** A small insertion, deletion or replacement. */
function part(document: TextDocument, random: (most: number) => number) {
  const length = document.getText().length;
  const start = random(length + 1);
  const end = Math.min(length, start + (random(3) === 0 ? random(30) : 0));
  // a text that has become long gets shorter again
  const text = length > 3000 || random(4) === 0 ? '' : PIECES[random(PIECES.length)]!;
  return { range: { start: document.positionAt(start), end: document.positionAt(end) }, text };
}

async function initialize(client: MessageConnection, { folder }: Workspace, texts: readonly TextDocument[]): Promise<void> {
  await client.sendRequest('initialize', { processId: null, rootUri: `file://${folder}`, capabilities: PULL });
  await client.sendNotification('initialized', {});
  for (const text of texts) {
    const textDocument = { uri: text.uri, languageId: 'prosody', version: text.version, text: text.getText() };
    await client.sendNotification('textDocument/didOpen', { textDocument });
  }
}

/** What a server says of a document, the names of its answers left out. */
async function answers(client: MessageConnection, uri: string): Promise<unknown> {
  const ask = <Answer>(method: string, params: object = {}) =>
    client.sendRequest<Answer>(method, { textDocument: { uri }, ...params });
  const hovers = [];
  for (const line of [0, 2, 5]) hovers.push(await ask('textDocument/hover', { position: { line, character: 6 } }));
  return {
    hovers,
    diagnostics: (await ask<{ items: Diagnostic[] }>('textDocument/diagnostic')).items,
    symbols: await ask('textDocument/documentSymbol'),
    folds: await ask('textDocument/foldingRange'),
    tokens: (await ask<SemanticTokens>('textDocument/semanticTokens/full')).data,
  };
}

/** Bytes of the heap that are in use once everything that nobody holds is gone. */
function heap(): number {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  gc();
  gc();
  return process.memoryUsage().heapUsed;
}
