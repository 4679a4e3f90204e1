import { strict as assert } from 'node:assert';
import type { CodeAction, WorkspaceEdit } from 'vscode-languageserver-types';
import { findingsOf } from '../src/index.js';
import { JITSI } from './examples.js';
import { actionsAt, applied, client, FOLDER, fixture } from './fixture.js';

const MEET = `${FOLDER}conf.avail/meet.example.com.cfg.lua`;
const add = (source: string, asking = client()) =>
  actionsAt(fixture(source), asking, ['refactor']).find(action => action.title.startsWith('Add ldap2'));

describe('code actions', () => {
  describe('quick fixes', () => {
    const broken = fixture('admins = {\n  "a@example.com"<|>\n  "b@example.com"\n}\n');

    it('belong to the finding under the cursor', () => {
      const [action] = actionsAt(broken, client(), ['quickfix']);
      assert.ok(action);
      assert.equal(action.kind, 'quickfix');
      assert.equal(action.isPreferred, true);
      assert.equal(action.diagnostics?.[0]?.code, 'syntax-error');
      assert.deepEqual(applied(broken, action.edit), { [broken.path]: 'admins = {\n  "a@example.com",\n  "b@example.com"\n}\n' });
    });

    it('carry the version of the open document', () => {
      const [action] = actionsAt(broken, client({ [`file://${broken.path}`]: 7 }), ['quickfix']);
      assert.deepEqual(
        action?.edit?.documentChanges?.map(part => 'textDocument' in part && part.textDocument),
        [{ uri: `file://${broken.path}`, version: 7 }],
      );
    });

    it('are plain changes for a client that knows no more', () => {
      const [action] = actionsAt(broken, { ...client(), documentChanges: false }, ['quickfix']);
      assert.ok(action?.edit?.changes && !action.edit.documentChanges);
      assert.equal(applied(broken, action.edit)[broken.path], 'admins = {\n  "a@example.com",\n  "b@example.com"\n}\n');
    });

    it('are none where there is no finding', () => {
      assert.deepEqual(actionsAt({ ...broken, at: { start: 0, end: 0 } }, client(), ['quickfix']), []);
    });

    it('that only make a link have no edit', () => {
      const waiting = fixture(
        'Include "conf.d/*.cfg.lua"\nVirtualHost "a.example"\n--- file: conf.avail/ldap.cfg.lua\n<|>ldap = { hostname = "dc1" }\n--- file: conf.d/x.cfg.lua\n-- x\n',
      );
      const action = actionsAt(waiting, client(), ['quickfix']).find(({ command }) => command);
      assert.ok(action && !action.edit);
      const links = [{ path: `${FOLDER}conf.d/ldap.cfg.lua`, target: '../conf.avail/ldap.cfg.lua' }];
      assert.deepEqual(action.command?.arguments, [{ label: action.title, edit: null, links, protect: [] }]);
    });

    it('say when they are unsafe, and are not preferred then', () => {
      const unsafe = fixture('<[storage = "memory"\nstorage = "internal"\nVirtualHost "a.example"\n]>');
      const titles = findingsOf(unsafe.tree, unsafe.path).flatMap(({ fix }) => (fix?.safety === 'unsafe' ? [fix.title] : []));
      const shown = actionsAt(unsafe, client(), ['quickfix']).filter(action => action.title.endsWith(' (unsafe)'));
      assert.ok(titles.length > 0);
      assert.deepEqual(
        shown.map(action => action.title),
        titles.map(title => `${title} (unsafe)`),
      );
      assert.ok(shown.every(action => action.isPreferred === false));
    });
  });

  describe('fix all', () => {
    const source = `admins = {\n  "a@example.com"\n  "b@example.com"\n}<|>\nInclude "x.cfg.lua"\n--- file: x.cfg.lua\nx = {\n "a"\n "b" }\n`;

    it('takes all safe fixes of this file and leaves the others alone', () => {
      const found = fixture(source);
      const [action] = actionsAt(found, client(), ['source.fixAll']);
      assert.equal(action?.kind, 'source.fixAll.prosodist');
      assert.deepEqual(Object.keys(applied(found, action?.edit)), [found.path]);
      assert.match(applied(found, action?.edit)[found.path] ?? '', /"a@example.com",\n/);
    });

    it('is offered only where it is asked for by a kind that contains it', () => {
      const found = fixture(source);
      const kinds = (only?: string[]) => actionsAt(found, client(), only).map(action => action.kind);
      assert.deepEqual(kinds(['source']), ['source.fixAll.prosodist']);
      assert.deepEqual(kinds(['source.fixAll.prosodist']), ['source.fixAll.prosodist']);
      assert.deepEqual(kinds(['source.fixAll.other']), []);
      assert.ok(kinds().includes('source.fixAll.prosodist'));
    });

    it('is not there when there is nothing to fix', () => {
      assert.deepEqual(actionsAt(fixture('<|>admins = {}\n'), client(), ['source.fixAll']), []);
    });
  });

  describe('add ldap2 authentication', () => {
    it('is offered anywhere between the opening of a virtual host and the next opening', () => {
      for (const place of ['VirtualHost "meet', 'authentication = "anon', 'app_secret', '\n\nComponent']) {
        const action = add(JITSI.replace(place, `<|>${place}`));
        assert.equal(action?.title, 'Add ldap2 authentication to meet.example.com', place);
      }
    });

    it('is not offered in the global section, in components and where it is refused', () => {
      for (const place of ['admins', 'muc_mapper', 'Component "conf', 'restrict_room', 'VirtualHost "auth.']) {
        assert.equal(add(JITSI.replace(place, `<|>${place}`)), undefined, place);
      }
    });

    it('is not offered behind the table of a host, where the global section is open again', () => {
      assert.ok(add('VirtualHost "a.example" { <|>enabled = true }\nadmins = {}\n'));
      assert.equal(add('VirtualHost "a.example" { enabled = true }\nadmins<|> = {}\n'), undefined);
    });

    it('is not offered twice', () => {
      const found = fixture(JITSI.replace('VirtualHost "meet', '<|>VirtualHost "meet'));
      const files = {
        ...found.files,
        ...applied(found, editOf(add(JITSI.replace('VirtualHost "meet', '<|>VirtualHost "meet')))),
      };
      files[`${FOLDER}conf.d/ldap.cfg.lua`] = { link: '../conf.avail/ldap.cfg.lua' };
      const source = Object.entries(files).map(([path, file]) => {
        const name = path.slice(FOLDER.length);
        return typeof file === 'string' ? `--- file: ${name}\n${file}` : `--- link: ${name} -> ${file.link}\n`;
      });
      assert.equal(add(source.join('').replace('VirtualHost "meet', '<|>VirtualHost "meet')), undefined);
    });

    it('edits the host, writes the table and asks for the link', () => {
      const found = fixture(JITSI.replace('VirtualHost "meet', '<|>VirtualHost "meet'));
      const action = add(JITSI.replace('VirtualHost "meet', '<|>VirtualHost "meet'));
      // the server makes the edit, so that the link is made behind it
      assert.equal(action?.edit, undefined);
      const after = applied(found, editOf(action));
      assert.match(after[MEET] ?? '', /VirtualHost "meet\.example\.com"\n {4}authentication = "ldap2"\n/);
      assert.match(after[`${FOLDER}conf.avail/ldap.cfg.lua`] ?? '', /ldap = \{/);
      assert.match(after[`${FOLDER}prosody.cfg.lua`] ?? '', /consider_bosh_secure = true/);
      assert.equal(action?.command?.command, 'prosodist.apply');
      const [application] = action?.command?.arguments ?? [];
      assert.deepEqual(application.links, [{ path: `${FOLDER}conf.d/ldap.cfg.lua`, target: '../conf.avail/ldap.cfg.lua' }]);
      assert.deepEqual(application.protect, [`${FOLDER}conf.avail/ldap.cfg.lua`]);
    });

    it('a client that cannot be asked for an edit gets it with the action', () => {
      const action = add(JITSI.replace('VirtualHost "meet', '<|>VirtualHost "meet'), { ...client(), applyEdit: false });
      assert.ok(action?.edit);
      assert.equal(action.command?.arguments?.[0].edit, null);
    });

    it('is not offered to a client that cannot make files', () => {
      const source = JITSI.replace('VirtualHost "meet', '<|>VirtualHost "meet');
      assert.equal(add(source, { ...client(), createFiles: false }), undefined);
    });
  });
});

/** The edit of an action, which is the client's or the server's to make. */
function editOf(action: CodeAction | undefined): WorkspaceEdit | undefined {
  return action?.edit ?? action?.command?.arguments?.[0].edit;
}
