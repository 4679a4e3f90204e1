import assert from 'node:assert/strict';
import { moduleNames, nearestNames, optionNames, prosodyVersions } from '../../src/catalog/index.js';

const table: readonly (readonly [misspelt: string, meant: string | undefined])[] = [
  ['c2s_requier_encryption', 'c2s_require_encryption'],
  ['module_enabled', 'modules_enabled'],
  ['modulesenabled', 'modules_enabled'],
  ['enabled_modules', 'modules_enabled'],
  ['Admins', 'admins'],
  ['admin', 'admins'],
  ['adimns', 'admins'],
  ['consider_bosh_secured', 'consider_bosh_secure'],
  ['strorage', 'storage'],
  ['http_port', 'http_ports'],
  ['https_interface_s', 'https_interfaces'],
  ['allow_registraton', 'allow_registration'],
  ['authentification', 'authentication'],
  ['my_company_banner', undefined],
  ['domain', undefined],
  ['lo', undefined],
];

describe('catalogue: nearest names', () => {
  const names = optionNames('13.0');
  for (const [misspelt, meant] of table) {
    it(`${misspelt} → ${meant ?? 'nothing'}`, () => assert.equal(nearestNames(misspelt, names)[0], meant));
  }

  it('serves modules as well', () => {
    assert.equal(nearestNames('pubsb', moduleNames('13.0'))[0], 'pubsub');
    assert.equal(nearestNames('muc_lobby_room', moduleNames('13.0'))[0], 'muc_lobby_rooms');
  });

  it('gives no more than asked for, and never the name itself', () => {
    assert.ok(nearestNames('c2s_ports', names, 2).length <= 2);
    for (const version of prosodyVersions) {
      for (const name of optionNames(version)) assert.ok(!nearestNames(name, [name]).length);
    }
  });
});
