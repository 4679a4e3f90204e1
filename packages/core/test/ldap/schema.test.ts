import assert from 'node:assert/strict';
import { LDAP_SETTINGS, LDAP2_SCHEMA, listTableKeys, type TableSchema } from '../../src/ldap/index.js';

describe('LDAP2_SCHEMA', () => {
  const all = listTableKeys(LDAP2_SCHEMA);
  const paths = all.map(({ path }) => path);

  it('has the keys of ldap.lib.lua and of vcard.lib.lua', () => {
    for (const path of [
      'hostname',
      'bind_dn',
      'bind_password',
      'use_tls',
      'user',
      'user.basedn',
      'user.usernamefield',
      'user.filter',
      'user.namefield',
      'groups.basedn',
      'groups.namefield',
      'groups.memberfield',
      'groups[].name',
      'groups[].admin',
      'admin.basedn',
      'admin.namefield',
      'admin.filter',
      'vcard_format.displayname',
      'vcard_format.name.family',
      'vcard_format.photo.binval',
      'vcard_format.telephone.*.*',
    ]) {
      assert.ok(paths.includes(path), path);
    }
    assert.equal(new Set(paths).size, paths.length);
  });

  it('says for every key what it is and what its absence does', () => {
    for (const { path, key } of all) assert.ok(key.documentation !== '' && key.whenMissing !== '' && key.types.length > 0, path);
    assert.deepEqual(
      all.filter(({ key }) => key.secret).map(({ path }) => path),
      ['bind_password'],
    );
  });

  it('no wrong name is a right one, or means two keys of a table', () => {
    const walk = (schema: TableSchema): void => {
      const names = schema.keys.map(key => key.name);
      const wrong = [...schema.keys.flatMap(key => key.aliases), ...schema.misplaced.map(key => key.name)];
      assert.equal(new Set(wrong).size, wrong.length, wrong.join());
      for (const name of wrong) assert.ok(!names.includes(name), name);
      for (const { meant } of schema.misplaced) assert.ok(meant === '' || paths.includes(meant), meant);
      for (const key of schema.keys) if (key.table) walk(key.table);
    };
    walk(LDAP2_SCHEMA);
  });
});

describe('LDAP_SETTINGS', () => {
  it('has the options of mod_auth_ldap, each once', () => {
    const names = LDAP_SETTINGS.map(setting => setting.name);
    assert.deepEqual([...names].sort(), [
      'ldap_admin_filter',
      'ldap_base',
      'ldap_filter',
      'ldap_mode',
      'ldap_password',
      'ldap_rootdn',
      'ldap_scope',
      'ldap_server',
      'ldap_tls',
      'realm',
    ]);
    const wrong = LDAP_SETTINGS.flatMap(setting => setting.aliases);
    assert.equal(new Set([...names, ...wrong]).size, names.length + wrong.length);
    assert.deepEqual(
      LDAP_SETTINGS.filter(setting => setting.secret).map(setting => setting.name),
      ['ldap_password'],
    );
  });
});
