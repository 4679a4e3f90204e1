import assert from 'node:assert/strict';
import { findModule, moduleNames, prosodyVersions, providerNames } from '../../src/catalog/index.js';

describe('catalogue: modules', () => {
  it('knows the bundled modules of each version', () => {
    for (const version of prosodyVersions) {
      for (const name of ['c2s', 'muc', 'adhoc', 'pubsub', 'mam', 'tls', 'saslauth']) {
        assert.equal(findModule(name, version)?.source, 'prosody', name);
      }
    }
    assert.equal(findModule('account_activity', '0.12'), undefined);
    assert.equal(findModule('account_activity', '13.0')?.source, 'prosody');
    assert.equal(findModule('cloud_notify', '0.12')?.source, 'prosody-modules');
    assert.equal(findModule('cloud_notify', '13.0')?.source, 'prosody');
  });

  it('says what kind a module is', () => {
    const kind = (name: string) => findModule(name, '13.0')?.kind;
    assert.deepEqual(['muc', 'speakerstats_component', 'auth_ldap', 'storage_sql', 'authz_internal', 'bosh'].map(kind), [
      'component',
      'component',
      'auth',
      'storage',
      'authz',
      'module',
    ]);
  });

  it('lists the options a module reads and the modules it loads', () => {
    const bosh = findModule('bosh', '13.0');
    assert.ok(bosh?.options.includes('bosh_max_wait'));
    assert.ok(bosh?.depends.includes('http'));
    assert.equal(bosh?.global, true);
    assert.ok(findModule('auth_token', '13.0')?.options.includes('app_secret'));
  });

  it('names the providers', () => {
    assert.ok(
      ['anonymous', 'cyrus', 'internal_hashed', 'internal_plain', 'jitsi-anonymous', 'ldap', 'ldap2', 'null', 'token'].every(
        name => providerNames('auth', '13.0').includes(name),
      ),
    );
    assert.ok(['internal', 'memory', 'none', 'null', 'sql'].every(name => providerNames('storage', '13.0').includes(name)));
    assert.ok(providerNames('storage', '0.12').includes('sql2'));
    assert.ok(!providerNames('storage', '13.0').includes('sql2'));
  });

  it('lists names sorted, each once', () => {
    for (const version of prosodyVersions) assert.deepEqual(moduleNames(version), [...new Set(moduleNames(version))].sort());
  });
});
