import { strict as assert } from 'node:assert';
import { findOption, optionProse, optionsWithProse, optionTable, prosodyVersions } from '../../src/index.js';

/** What Debian's and Jitsi's own configurations set. */
const SHIPPED = `admins plugin_paths modules_enabled modules_disabled allow_registration daemonize pidfile c2s_require_encryption
  s2s_require_encryption s2s_secure_auth s2s_insecure_domains s2s_secure_domains limits authentication storage
  archive_expires_after log statistics certificates disco_items component_secret unlimited_jids consider_bosh_secure
  muc_mapper_domain_base muc_mapper_domain_prefix external_service_secret external_services cross_domain_bosh ssl app_id
  app_secret lobby_muc breakout_rooms_muc main_muc muc_lobby_whitelist speakerstats_component conference_duration_component
  end_conference_component av_moderation_component room_metadata_component restrict_room_creation muc_room_locking
  muc_room_default_public_jids muc_tombstones muc_room_cache_size target_address http_default_host trusted_proxies
  c2s_ports s2s_ports http_ports https_ports http_interfaces tls_profile`.split(/\s+/);

describe('prose about options', () => {
  const names = optionsWithProse();

  it('is there for those that matter', () => {
    assert.ok(names.length >= 200, `${names.length}`);
    assert.deepEqual(
      SHIPPED.filter(name => optionProse(name) === undefined),
      [],
    );
  });

  it('is about options that something reads', () => {
    const unknown = names.filter(name => prosodyVersions.every(version => findOption(name, version) === undefined));
    assert.deepEqual(unknown, []);
  });

  it('is at most two sentences, and whole ones', () => {
    for (const name of names) {
      const prose = optionProse(name)!;
      assert.ok((prose.match(/[.!?](?=\s+[A-Z`]|$)/g) ?? []).length <= 2, `${name}: ${prose}`);
      assert.match(prose, /^[A-Z`0-9].*\.$/s, name);
      assert.ok(prose.length <= 260, `${name} is told in ${prose.length} characters`);
    }
  });

  it('is not there for names of JavaScript', () => {
    for (const name of ['constructor', '__proto__', 'toString']) {
      assert.equal(optionProse(name), undefined);
      for (const version of prosodyVersions) assert.equal(optionTable(name, version), undefined);
    }
  });
});

describe('keys of tables', () => {
  it('are known for the options that are TLS settings, and for those by name', () => {
    for (const name of ['ssl', 'https_ssl', 'c2s_ssl'])
      assert.ok(optionTable(name, '13.0')!.keys.some(key => key.name === 'certificate'));
    assert.deepEqual(
      optionTable('limits', '13.0')!.keys[0]!.table!.keys.map(key => key.name),
      ['rate', 'burst'],
    );
    assert.equal(optionTable('admins', '13.0'), undefined);
  });

  it('have words, and each name once', () => {
    const look = (table: ReturnType<typeof optionTable>, path: string): void => {
      if (!table) return;
      const own = table.keys.map(key => key.name);
      assert.equal(new Set(own).size, own.length, path);
      for (const key of [...table.keys, ...(table.any ? [table.any] : [])]) {
        assert.match(key.documentation, /^[A-Z].*\.$/s, `${path}.${key.name}`);
        look(key.table, `${path}.${key.name}`);
      }
      look(table.items, `${path}[]`);
    };
    for (const name of ['log', 'limits', 'ssl', 'http_paths', 'sql', 'gc', 'storage', 'external_services', 'http_cors_override'])
      look(optionTable(name, '13.0'), name);
  });
});
