import { strict as assert } from 'node:assert';
import { load, memoryFiles } from '@prosodist/core';
import { prepareRename, rename } from '../src/index.js';
import { JITSI } from './examples.js';
import { applied, client, FOLDER, fixture, positionOf } from './fixture.js';

function renamed(source: string, name: string): Record<string, string> | string {
  const found = fixture(source);
  const answer = rename(found.tree, found.path, positionOf(found), name, client());
  return 'refused' in answer ? String(answer.refused) : applied(found, answer);
}

function prepared(source: string): string {
  const found = fixture(source);
  const answer = prepareRename(found.tree, found.path, positionOf(found));
  return 'refused' in answer ? answer.refused : answer.placeholder;
}

const TREE = `--- file: prosody.cfg.lua
admins = { "admin@meet.example.com", "x@notmeet.example.com" }
contact_email = "info@meet.example.com"
Include "conf.d/meet.example.com.cfg.lua"
--- file: conf.d/meet.example.com.cfg.lua
-- meet.example.com
VirtualHost "meet.<|>example.com"
  ssl = { key = "/etc/ssl/meet.example.com.key" }
Component "conference.meet.example.com" "muc"
--- file: /etc/ssl/other
`;

describe('renaming a host', () => {
  it('changes all that is named after it in all files, and still reads the same files', () => {
    const after = renamed(TREE, 'talk.example.org');
    assert.ok(typeof after !== 'string', String(after));
    assert.deepEqual(after, {
      [`${FOLDER}prosody.cfg.lua`]: `admins = { "admin@talk.example.org", "x@notmeet.example.com" }
contact_email = "info@meet.example.com"
Include "conf.d/meet.example.com.cfg.lua"
`,
      [`${FOLDER}conf.d/meet.example.com.cfg.lua`]: `-- meet.example.com
VirtualHost "talk.example.org"
  ssl = { key = "/etc/ssl/talk.example.org.key" }
Component "conference.talk.example.org" "muc"
`,
    });
    const { ok, sections } = load(memoryFiles(after), `${FOLDER}prosody.cfg.lua`);
    assert.ok(ok);
    assert.deepEqual([...sections.keys()], ['*', 'talk.example.org', 'conference.talk.example.org']);
  });

  it('goes through links to the file itself', () => {
    const after = renamed(JITSI.replace('VirtualHost "meet', 'VirtualHost "me<|>et'), 'talk.example.org');
    assert.ok(typeof after !== 'string', String(after));
    const [[path, text] = ['', '']] = Object.entries(after);
    assert.equal(path, `${FOLDER}conf.avail/meet.example.com.cfg.lua`);
    assert.match(text, /muc_mapper_domain_base = "talk\.example\.org"[\s\S]*VirtualHost "auth\.talk\.example\.org"/);
  });

  it('begins at any place that names it', () => {
    const after = renamed(TREE.replace('<|>', '').replace('admin@meet', 'admin@me<|>et'), 'talk.example.org');
    assert.ok(typeof after !== 'string' && Object.keys(after).length === 2);
  });

  for (const [name, to, reason] of [
    ['a name that is there', 'b.example', /b\.example is there already/],
    ['a name that is none', 'a b', /no name that Prosody takes/],
  ] as const) {
    it(`is refused for ${name}`, () => {
      assert.match(String(renamed('VirtualHost "a<|>.example"\nVirtualHost "b.example"\n', to)), reason);
    });
  }

  it('is refused where the name is computed', () => {
    const source = 'local d = "example"\nVirtualHost("a." .. d)\nx = "a<|>.example"\n';
    assert.match(String(renamed(source, 'c.example')), /computed/);
  });
});

describe('renaming a local', () => {
  const SOURCE = 'local a = 1\nlocal function f(a)\n  return a\nend\nx = a<|>\ny = f(a)\n';

  it('changes its places and no other local of that name', () => {
    assert.deepEqual(renamed(SOURCE, 'domain'), {
      [`${FOLDER}prosody.cfg.lua`]: 'local domain = 1\nlocal function f(a)\n  return a\nend\nx = domain\ny = f(domain)\n',
    });
    assert.deepEqual(renamed(SOURCE.replace('<|>', '').replace('return a', 'return <|>a'), 'b'), {
      [`${FOLDER}prosody.cfg.lua`]: 'local a = 1\nlocal function f(b)\n  return b\nend\nx = a\ny = f(a)\n',
    });
  });

  it('is refused for a name that is in use, that is no name, and where the file is broken', () => {
    assert.match(String(renamed(SOURCE, 'f')), /in use in this file/);
    for (const name of ['1a', 'end', 'a-b', '', 'ä']) assert.match(String(renamed(SOURCE, name)), /no name in Lua/, name);
    assert.match(String(renamed(`${SOURCE}z = = 1\n`, 'b')), /cannot be read as Lua/);
  });
});

describe('asking what can be renamed', () => {
  it('gives the name as it is written', () => {
    assert.equal(prepared('VirtualHost "A.<|>Example"\n'), 'A.Example');
    assert.equal(prepared('VirtualHost "a.example"\nadmins = { "me@a.ex<|>ample" }\n'), 'a.example');
    assert.equal(prepared('local l<|> = 1\n'), 'l');
  });

  for (const [source, reason] of [
    ['adm<|>ins = {}\n', /decide how options are called/],
    ['modules_enabled = { "bo<|>sh" }\n', /name of its file/],
    ['Include "a<|>.lua"\n', /Rename the file itself/],
    ['x = os.get<|>env("a")\n', /no host, component or local/],
    ['VirtualHost "<|>{{ domain }}"\n', /filled in or computed/],
    ['VirtualHost "<|>"\n', /filled in or computed/],
    ['-- noth<|>ing\n', /no host, component or local/],
  ] as const) {
    it(`says why nothing is renamed at ${source.trim()}`, () => assert.match(prepared(source), reason));
  }
});
