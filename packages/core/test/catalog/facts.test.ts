// What is known of options, by version, each as Prosody's source has it.
import assert from 'node:assert/strict';
import {
  checkLists,
  findOption,
  globalOnlyReason,
  globalPatterns,
  isGlobalOnly,
  optionNames,
  prosodyVersions,
} from '../../src/catalog/index.js';

describe('catalogue: options', () => {
  it('types an option by the getter of each version', () => {
    assert.equal(findOption('bosh_max_inactivity', '0.12')?.type, 'number');
    assert.equal(findOption('bosh_max_inactivity', '13.0')?.type, 'period');
    assert.equal(findOption('smacks_max_unacked_stanzas', '0.12')?.type, 'number');
    assert.equal(findOption('smacks_max_unacked_stanzas', '13.0')?.type, 'integer');
    assert.equal(findOption('restrict_room_creation', '0.12')?.type, 'any');
    assert.equal(findOption('restrict_room_creation', '13.0')?.type, 'enum');
  });

  it('types what the server reads without a getter', () => {
    for (const version of prosodyVersions) {
      const types = [
        'modules_enabled',
        'admins',
        'plugin_paths',
        'ssl',
        'use_ipv6',
        'storage',
        'limits',
        'sql',
        'certificates',
      ].map(name => findOption(name, version)?.type);
      assert.deepEqual(types, ['set', 'set', 'list', 'ssl', 'boolean', 'any', 'table', 'table', 'path']);
    }
  });

  it('knows the allowed values, the default and the bounds', () => {
    const creation = findOption('restrict_room_creation', '13.0');
    assert.deepEqual(creation?.values, [{ literal: false }, { literal: true }, { literal: 'local' }]);
    assert.deepEqual(findOption('access_control_max_age', '13.0')?.default, { literal: '2 hours' });
    assert.deepEqual(findOption('smacks_max_unacked_stanzas', '13.0')?.readers[0]?.min, { literal: 0 });
    assert.deepEqual(findOption('use_ipv6', '0.12')?.default, { literal: true });
  });

  it('knows who reads an option, and where', () => {
    const reader = findOption('smacks_max_unacked_stanzas', '13.0')?.readers[0];
    assert.equal(reader?.module, 'smacks');
    assert.equal(reader?.file, 'modules/mod_smacks.lua');
    assert.equal(reader?.scope, 'host');
    assert.equal(findOption('access_control_max_age', '0.12')?.readers[0]?.scope, 'global');
  });

  it('derives the options of net services', () => {
    for (const version of prosodyVersions) {
      assert.equal(findOption('c2s_ports', version)?.type, 'port-list');
      assert.deepEqual(findOption('c2s_ports', version)?.default, { literal: [5222] });
      assert.equal(findOption('https_interfaces', version)?.type, 'interface-list');
      assert.equal(findOption('https_ssl', version)?.type, 'ssl');
      assert.equal(findOption('https_certificate', version)?.type, 'certificate');
      assert.equal(findOption('ports', version)?.type, 'port-list', 'net_multiplex has no prefix');
      assert.equal(findOption('c2s_port', version), undefined, 'nothing reads the singular of ports');
    }
  });

  it('knows the period of a periodic task, in 13.0 alone', () => {
    assert.equal(findOption('mam_remove_expired_messages_period', '13.0')?.type, 'period');
    assert.equal(findOption('mam_remove_expired_messages_period', '0.12'), undefined);
  });

  it('says where an option comes from', () => {
    const source = (name: string) => findOption(name, '13.0')?.source;
    assert.equal(source('modules_enabled'), 'core');
    assert.equal(source('bosh_max_wait'), 'prosody');
    assert.equal(source('firewall_scripts'), 'prosody-modules');
    assert.equal(source('http_auth_url'), 'prosody-modules');
    assert.equal(source('muc_mapper_domain_base'), 'jitsi');
    assert.equal(source('jitsi_default_permissions'), 'jitsi');
  });

  it('knows neither a misspelling nor a word that objects have by nature', () => {
    for (const name of ['c2s_requier_encryption', 'module_enabled', 'constructor', 'toString', '__proto__']) {
      assert.equal(findOption(name, '13.0'), undefined, name);
      assert.equal(isGlobalOnly(name, '13.0'), false, name);
    }
  });

  it('lists names sorted, each once', () => {
    for (const version of prosodyVersions) {
      const names = optionNames(version);
      assert.deepEqual(names, [...new Set(names)].sort());
      assert.ok(names.length > 900);
    }
  });
});

describe('catalogue: global-only options', () => {
  it("follows Prosody's list, its patterns and their exceptions", () => {
    const reasons = ['log', 'http_ports', 'interfaces', 'foo_interface', 'https_ssl', 'c2s_ssl', 's2s_ssl', 'turn_external_port'];
    assert.deepEqual(
      reasons.map(name => globalOnlyReason(name, '13.0')),
      ['list', 'pattern', 'pattern', 'pattern', 'pattern', undefined, undefined, undefined],
    );
    assert.equal(globalOnlyReason('external_service_port', '0.12'), undefined);
  });

  it('knows those that prosodyctl does not', () => {
    assert.equal(globalOnlyReason('data_path', '0.12'), 'core');
    assert.equal(globalOnlyReason('certificates', '13.0'), 'core');
    assert.equal(isGlobalOnly('modules_enabled', '13.0'), false);
  });

  it('implements the patterns that the generated lists have', () => {
    for (const version of prosodyVersions) assert.deepEqual(checkLists(version).globalPatterns, globalPatterns);
  });
});

describe('catalogue: outdated options', () => {
  it('tells obsolete from deprecated, with a replacement that a fix can use', () => {
    assert.deepEqual(findOption('setuid', '13.0')?.obsolete?.replacement, { kind: 'remove' });
    assert.deepEqual(findOption('registration_whitelist', '0.12')?.deprecated?.replacement, {
      kind: 'rename',
      to: 'registration_allowlist',
    });
    assert.deepEqual(findOption('anonymous_login', '13.0')?.deprecated?.replacement, {
      kind: 'assign',
      when: true,
      option: 'authentication',
      value: 'anonymous',
    });
    assert.equal(findOption('modules_enabled', '13.0')?.deprecated, undefined);
  });

  it('follows the version: cross_domain_bosh was obsolete and became deprecated', () => {
    assert.ok(findOption('cross_domain_bosh', '0.12')?.obsolete);
    assert.ok(findOption('cross_domain_bosh', '13.0')?.deprecated);
    assert.equal(findOption('cross_domain_bosh', '13.0')?.obsolete, undefined);
  });

  it('renames to nothing but known options', () => {
    for (const version of prosodyVersions) {
      for (const name of Object.keys(checkLists(version).deprecated)) {
        const replacement = findOption(name, version)?.deprecated?.replacement;
        assert.ok(replacement, name);
        if (replacement.kind === 'rename') assert.ok(findOption(replacement.to, version), replacement.to);
      }
    }
  });
});
