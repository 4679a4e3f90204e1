import assert from 'node:assert/strict';
import { findOption, isSecret } from '../../src/catalog/index.js';

const secret: readonly (readonly [option: string, ...path: (string | number)[]])[] = [
  ['component_secret'],
  ['app_secret'],
  ['ldap_password'],
  ['bind_password'],
  ['turn_external_secret'],
  ['external_service_secret'],
  ['turncredentials_secret'],
  ['http_auth_credentials'],
  ['smtp_password'],
  ['my_own_password'],
  ['dbPassword'],
  ['uvs_auth_token'],
  ['shared_secret_prev'],
  ['ldap', 'rootpw'],
  ['sql', 'password'],
  ['auth_sql', 'password'],
  ['ldap', 'bind_password'],
  ['ssl', 'password'],
  ['external_services', 1, 'secret'],
  ['external_services', 2, 'password'],
  ['pubsub_post_secrets', 'some-node'],
  ['reservations_api_headers', 'Authorization'],
];

const open: readonly (readonly [option: string, ...path: (string | number)[]])[] = [
  ['authentication'],
  ['authorization'],
  ['password_policy'],
  ['password_hash'],
  ['muc_password_whitelist'],
  ['allow_empty_token'],
  ['asap_key_server'],
  ['require_confirm_password'],
  ['enable_password_token_verification'],
  ['prosody_password_public_key_repo_url'],
  ['access_control_allow_credentials'],
  ['sql', 'username'],
  ['ssl', 'key'],
  ['ldap', 'bind_dn'],
  ['external_services', 1, 'host'],
  ['turncredentials', 1, 'host'],
];

describe('catalogue: secrets', () => {
  for (const [option, ...path] of secret) {
    it(`${[option, ...path].join('.')} is secret`, () => assert.equal(isSecret(option, path), true));
  }
  for (const [option, ...path] of open) {
    it(`${[option, ...path].join('.')} is not`, () => assert.equal(isSecret(option, path), false));
  }
  it('marks the option itself', () => {
    assert.equal(findOption('app_secret', '13.0')?.secret, true);
    assert.equal(findOption('sql', '13.0')?.secret, false);
  });
});
