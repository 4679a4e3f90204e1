import { strict as assert } from 'node:assert';
import { DocumentHighlightKind, type Range } from 'vscode-languageserver-types';
import { definition, documentHighlights, findFile, references, type Tree, toOffset } from '../src/index.js';
import { FOLDER, fixture, positionOf } from './fixture.js';

const TREE = `--- file: prosody.cfg.lua
authentication = "internal_hashed"
modules_enabled = { "bosh"; "muc_lobby_rooms" }
plugin_paths = { "/usr/share/jitsi-meet/prosody-plugins" }
admins = { "admin@meet.example.com", "b@other.example.com" }
Include "conf.d/*.cfg.lua"
Include "extra.lua"
--- file: conf.d/meet.cfg.lua
local domain = "meet.example.com"
VirtualHost "meet.example.com"
    authentication = "ldap2"
    muc_component = "conference.meet.example.com"
    cafile = domain .. ".crt"
Component "conference.meet.example.com" "muc"
    modules_enabled = { "muc_lobby_rooms" }
--- file: extra.lua
main_muc = "conference.meet.example.com"
local domain = "other"
x = domain
--- file: /usr/share/jitsi-meet/prosody-plugins/mod_muc_lobby_rooms.lua
-- a module
`;

/** `file:line:start-end`, lines from 1, the text of the range behind it. */
function shown(tree: Tree, uri: string, range: Range): string {
  const path = tree.pathOf(uri)!;
  const text = findFile(tree, path)?.document.text ?? '';
  const name = path.replace(FOLDER, '');
  return `${name}:${range.start.line + 1} ${text.slice(toOffset({ text }, range.start), toOffset({ text }, range.end))}`.trim();
}

const at = (place: string, source = TREE) => {
  const bare = place.replace('<|>', '');
  assert.ok(source.includes(bare), bare);
  return fixture(source.replace(bare, place));
};

function definitionsAt(place: string, source?: string): string[] {
  const found = at(place, source);
  return definition(found.tree, found.path, positionOf(found)).map(link =>
    shown(found.tree, link.targetUri, link.targetSelectionRange),
  );
}

function referencesAt(place: string, declaration = true): string[] {
  const found = at(place);
  return references(found.tree, found.path, positionOf(found), declaration).map(({ uri, range }) =>
    shown(found.tree, uri, range),
  );
}

describe('going to the definition', () => {
  const cases: Readonly<Record<string, readonly string[]>> = {
    'main_muc = "confer<|>ence.meet': ['conf.d/meet.cfg.lua:6 conference.meet.example.com'],
    '"admin@meet.exam<|>ple.com"': ['conf.d/meet.cfg.lua:2 meet.example.com'],
    'Include "con<|>f.d/*.cfg.lua"': ['conf.d/meet.cfg.lua:1'],
    'Include "extra.l<|>ua"': ['extra.lua:1'],
    '"bosh"; "muc_lobby<|>_rooms"': ['/usr/share/jitsi-meet/prosody-plugins/mod_muc_lobby_rooms.lua:1'],
    // from the place itself, to what it takes the place of
    'authenti<|>cation = "ldap2"': ['prosody.cfg.lua:1 authentication'],
    'authenti<|>cation = "internal_hashed"': ['prosody.cfg.lua:1 authentication'],
    'cafile = dom<|>ain': ['conf.d/meet.cfg.lua:1 domain'],
    'x = dom<|>ain': ['extra.lua:2 domain'],
    '"muc<|>"': [],
    '"b@other.exam<|>ple.com"': [],
  };
  for (const [place, expected] of Object.entries(cases)) {
    it(`at ${place}`, () => assert.deepEqual(definitionsAt(place), expected));
  }

  it('of an option that is read back leads to where it was set', () => {
    assert.deepEqual(definitionsAt('y = adm<|>ins', 'admins = { "a@example.com" }\ny = admins\n'), ['prosody.cfg.lua:1 admins']);
  });

  it('of locals in blocks and functions leads to the innermost one', () => {
    const source =
      'local a = 1\nfor i = 1, 2 do\n  local a = i\n  x = a\nend\nlocal function f(b)\n  return b + a\nend\ny = f(a)\n';
    assert.deepEqual(definitionsAt('  x = <|>a', source), ['prosody.cfg.lua:3 a']);
    assert.deepEqual(definitionsAt('  local a = <|>i', source), ['prosody.cfg.lua:2 i']);
    assert.deepEqual(definitionsAt('b + <|>a', source), ['prosody.cfg.lua:1 a']);
    assert.deepEqual(definitionsAt('return <|>b', source), ['prosody.cfg.lua:6 b']);
    assert.deepEqual(definitionsAt('y = <|>f', source), ['prosody.cfg.lua:6 f']);
  });

  it('is none on comments, blanks and names that nobody defines', () => {
    for (const source of ['-- Virtual<|>Host\n', '<|>\n', 'x = noth<|>ing\n']) {
      const found = fixture(source);
      assert.deepEqual(definition(found.tree, found.path, positionOf(found)), [], source);
    }
  });
});

describe('references', () => {
  it('of a component are all places that name it, in all files', () => {
    assert.deepEqual(referencesAt('muc_component = "con<|>ference'), [
      'conf.d/meet.cfg.lua:4 conference.meet.example.com',
      'conf.d/meet.cfg.lua:6 conference.meet.example.com',
      'extra.lua:1 conference.meet.example.com',
    ]);
    assert.equal(referencesAt('muc_component = "con<|>ference', false).length, 2);
  });

  it('of a host are addresses too, but not the hosts below it', () => {
    assert.deepEqual(referencesAt('VirtualHost "meet.<|>example.com"'), [
      'prosody.cfg.lua:4 meet.example.com',
      'conf.d/meet.cfg.lua:1 meet.example.com',
      'conf.d/meet.cfg.lua:2 meet.example.com',
    ]);
  });

  it('of an option are its settings in every section', () => {
    assert.deepEqual(referencesAt('authen<|>tication = "ldap2"'), [
      'prosody.cfg.lua:1 authentication',
      'conf.d/meet.cfg.lua:3 authentication',
    ]);
  });

  it('of a module are the lists that have it', () => {
    assert.deepEqual(referencesAt('"bosh"; "muc_<|>lobby_rooms"'), [
      'prosody.cfg.lua:2 muc_lobby_rooms',
      'conf.d/meet.cfg.lua:7 muc_lobby_rooms',
    ]);
  });

  it('of a local stay in its file', () => {
    assert.deepEqual(referencesAt('local do<|>main = "meet'), ['conf.d/meet.cfg.lua:1 domain', 'conf.d/meet.cfg.lua:5 domain']);
  });
});

describe('highlights', () => {
  it('tell what sets from what reads', () => {
    const found = fixture('local a = 1\na = 2\nx = <|>a\n');
    assert.deepEqual(
      documentHighlights(found.tree, found.path, positionOf(found)).map(({ range, kind }) => [range.start.line, kind]),
      [
        [0, DocumentHighlightKind.Write],
        [1, DocumentHighlightKind.Write],
        [2, DocumentHighlightKind.Read],
      ],
    );
  });

  it('are those of the file alone', () => {
    const found = at('muc_component = "con<|>ference');
    assert.equal(documentHighlights(found.tree, found.path, positionOf(found)).length, 2);
  });
});
