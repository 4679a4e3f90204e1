import { strict as assert } from 'node:assert';
import {
  codeLenses,
  inlayHints,
  resolveCodeLens,
  resolveInlayHint,
  TEST_DIRECTORY_COMMAND,
  toOffset,
  toRange,
} from '../src/index.js';
import { FOLDER, fixture } from './fixture.js';

const TREE = `--- file: prosody.cfg.lua
authentication = "ldap2"
app_secret = "hush"
modules_enabled = { "bosh" }
Include "conf.d/*.cfg.lua"
VirtualHost "a.example"
  storage = "sql"
VirtualHost "b.example"
  authentication = "internal_hashed"
  app_secret = "hush too"
  Include "conf.d/x.cfg.lua"
--- file: conf.d/x.cfg.lua
`;

describe('inlay hints', () => {
  const hints = (stretch?: (text: string) => { start: number; end: number }) => {
    const { tree, path, text } = fixture(TREE);
    const range = toRange({ text }, stretch?.(text) ?? { start: 0, end: text.length });
    return inlayHints(tree, path, range).map(({ label, position }) => {
      const at = toOffset({ text }, position);
      return `${text.slice(text.lastIndexOf('\n', at - 1) + 1, at).trim()} « ${label}`;
    });
  };

  it('tell where an include begins, what a host inherits and what an option takes the place of; no secrets', () => {
    assert.deepEqual(hints(), [
      'Include "conf.d/*.cfg.lua" « 1 file, begins in the global section',
      'VirtualHost "a.example" « authentication = "ldap2"',
      'authentication = "internal_hashed" « instead of "ldap2"',
      'app_secret = "hush too" « instead of •••',
      'Include "conf.d/x.cfg.lua" « begins in the global section',
    ]);
  });

  it('are those in sight', () => {
    assert.equal(hints(text => ({ start: text.indexOf('VirtualHost "a'), end: text.indexOf('  storage') })).length, 1);
  });

  it('say where the value was set when they are asked', () => {
    const { tree, path, text } = fixture(TREE);
    const [, hint] = inlayHints(tree, path, toRange({ text }, { start: 0, end: text.length }));
    const { tooltip } = resolveInlayHint(tree, path, hint!, true);
    assert.match(typeof tooltip === 'string' ? tooltip : tooltip!.value, /Set in \[prosody\.cfg\.lua:1\]/);
  });
});

describe('code lenses', () => {
  const titles = (commands: string[] = []) => {
    const { tree, path } = fixture(TREE);
    const lenses = codeLenses(tree, path, commands);
    assert.ok(
      lenses.every(({ command }) => command === undefined),
      'titles are made when they are asked for',
    );
    return lenses.map(lens => `${lens.range.start.line}: ${resolveCodeLens(tree, path, lens).command?.title}`);
  };

  it('count modules and tell what is set instead of the global section', () => {
    const [a, own, b, instead] = titles();
    assert.match(a!, /^4: \d+ modules$/);
    assert.equal(own, '4: 1 option');
    assert.match(b!, /^6: \d+ modules$/);
    assert.equal(instead, '6: 2 options, instead of the global section: authentication, app_secret');
  });

  it('offer the test of the directory to clients that can do it, for hosts that have one', () => {
    assert.deepEqual(
      titles([TEST_DIRECTORY_COMMAND]).filter(title => title.includes('directory')),
      ['4: Test the directory'],
    );
    const { tree, path } = fixture(TREE);
    const lens = codeLenses(tree, path, [TEST_DIRECTORY_COMMAND])[2]!;
    assert.deepEqual(resolveCodeLens(tree, path, lens).command, {
      title: 'Test the directory',
      command: TEST_DIRECTORY_COMMAND,
      arguments: [`file://${FOLDER}prosody.cfg.lua`, 'a.example'],
    });
  });
});
