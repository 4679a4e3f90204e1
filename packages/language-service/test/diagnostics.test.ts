import { strict as assert } from 'node:assert';
import { diagnostics, filesWithFindings, findingsOf, toRange } from '../src/index.js';
import { FOLDER, fixture, treeOf } from './fixture.js';

describe('diagnostics', () => {
  const broken = fixture('admins = { "a@example.com" \n\nVirtualHost "a.example"\n');

  it('say what is wrong, why it matters and what to do, each on a line', () => {
    const [first] = diagnostics(broken.tree, broken.path);
    const [finding] = findingsOf(broken.tree, broken.path);
    assert.ok(first && finding);
    assert.equal(first.message, `${finding.message}\n${finding.why}\n${finding.help}`);
    assert.equal(first.severity, 1);
    assert.equal(first.source, 'prosodist');
    assert.equal(first.code, 'syntax-error');
    assert.deepEqual(first.range, toRange(broken, finding.at));
    assert.match(first.codeDescription?.href ?? '', /^https:\/\/.*\/rules\/syntax-error\/rule\.md$/);
    assert.deepEqual(first.data, { rule: 'syntax-error', start: finding.at.start, end: finding.at.end });
  });

  it('are the same for a link and for the file itself', () => {
    const { tree } = fixture(
      'Include "conf.d/*.cfg.lua"\n--- file: conf.avail/a.cfg.lua\nadmins = = {}\n--- link: conf.d/a.cfg.lua -> ../conf.avail/a.cfg.lua\n',
    );
    const link = diagnostics(tree, `${FOLDER}conf.d/a.cfg.lua`);
    assert.ok(link.length > 0);
    assert.deepEqual(diagnostics(tree, `${FOLDER}conf.avail/a.cfg.lua`), link);
    assert.deepEqual(filesWithFindings(tree), [`${FOLDER}conf.avail/a.cfg.lua`]);
  });

  it('are there for a file beside the tree that rules look at', () => {
    const text = 'ldap_servers: ldaps://dc1.corp.example/\nldap_search_base: OU=Staff\nldap_scope: all\n';
    const tree = treeOf({
      [`${FOLDER}prosody.cfg.lua`]: 'VirtualHost "meet.corp.example"\n    authentication = "cyrus"\n',
      '/etc/saslauthd.conf': text,
    });
    assert.ok(filesWithFindings(tree).includes('/etc/saslauthd.conf'));
    const [first] = diagnostics(tree, '/etc/saslauthd.conf');
    assert.deepEqual(first?.range, { start: { line: 2, character: 12 }, end: { line: 2, character: 15 } });
  });

  it('come once for a file that is read under two names', () => {
    const { tree, path } = fixture(
      'Include "a.cfg.lua"\nInclude "b.cfg.lua"\n--- file: a.cfg.lua\n<|>admins = = {}\n--- link: b.cfg.lua -> a.cfg.lua\n',
    );
    const found = diagnostics(tree, path).filter(diagnostic => diagnostic.code === 'syntax-error');
    assert.equal(found.length, 1);
  });

  it('count positions as editors do: UTF-16 code units, and CR alone ends a line', () => {
    const text = 'x = "\u{1f600}"\r\ry = = 1\r\n';
    const tree = treeOf({ '/p/prosody.cfg.lua': text });
    const [found] = diagnostics(tree, '/p/prosody.cfg.lua').filter(diagnostic => diagnostic.code === 'syntax-error');
    assert.deepEqual(found?.range.start, { line: 2, character: text.indexOf('= 1') - text.indexOf('y') });
  });

  it('leave out what the client does not know', () => {
    const [first] = diagnostics(broken.tree, broken.path, { relatedInformation: false, tags: false, codeDescription: false });
    assert.ok(first && !('codeDescription' in first) && !('tags' in first) && !('relatedInformation' in first));
  });

  it('are none for a file that the tree does not have', () => {
    assert.deepEqual(diagnostics(broken.tree, '/elsewhere.lua'), []);
  });
});
