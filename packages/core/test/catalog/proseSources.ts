// Where Prosody's source says what the prose about an option says beyond the line that reads it.
import type { ProsodyVersion } from '../../src/index.js';

/** A line of a Prosody tree, below usr/lib/prosody, in each version; lines from 1. */
export interface SourceLine {
  readonly file: string;
  readonly line: Readonly<Record<ProsodyVersion, number>>;
  /** What the line holds. */
  readonly text: string;
}

function at(file: string, before: number, now: number, text: string): SourceLine {
  return { file, line: { '0.12': before, '13.0': now }, text };
}

export const PROSE_SOURCES: Readonly<Record<string, SourceLine>> = {
  bosh_max_polling: at('modules/mod_bosh.lua', 379, 381, 'body_attr.polling = tostring(bosh_max_polling)'),
  bosh_max_wait: at('modules/mod_bosh.lua', 322, 323, 'math_min(wait, bosh_max_wait)'),
  certificate: at(
    'core/certmanager.lua',
    178,
    160,
    'find_cert_in_index(cert_index, host) or find_cert(configmanager.get(host, "certificate"), host)',
  ),
  certificates: at('core/certmanager.lua', 131, 106, 'x509.get_identities(cert)'),
  c2s_ssl: at('modules/mod_tls.lua', 60, 61, '"server", host_c2s, host_ssl, global_c2s'),
  cyrus_application_name: at('modules/mod_auth_cyrus/sasl_cyrus.lua', 88, 88, 'init(app_name or service_name)'),
  cyrus_service_name: at('modules/mod_auth_cyrus/sasl_cyrus.lua', 90, 90, 'cyrussasl.server_new, service_name'),
  debug: at('core/loggingmanager.lua', 151, 151, '(debug_mode and "debug") or "info" }, timestamps'),
  external_service_secret: at('modules/mod_external_services.lua', 92, 93, 'item.secret == true and default_secret'),
  http_max_buffer_size: at('net/http/parser.lua', 35, 35, 'buffer_size_limit) or bodylimit * 2'),
  http_max_content_size: at('net/http/parser.lua', 31, 31, 'body_size_limit) or 10*1024*1024'),
  https_ssl: at('core/certmanager.lua', 327, 314, 'cfg:apply(find_service_cert(service_name'),
  interfaces: at('core/portmanager.lua', 99, 96, 'service_info.private and'),
  limits: at('modules/mod_limits.lua', 44, 44, 'bytes_per_second = 10 * 1024'),
  limits_resolution: at('net/server_epoll.lua', 840, 979, 'function interface:setlimit(Bps)'),
  load_global_modules: at('core/configmanager.lua', 191, 306, '"load_global_modules", false'),
  local_interfaces: at('core/portmanager.lua', 27, 27, 'table.insert(default_local_interfaces, "127.0.0.1")'),
  modules_enabled: at('core/modulemanager.lua', 110, 123, 'set.new(component_inheritable_modules)'),
  muc_room_cache_size: at('modules/muc/mod_muc.lua', 181, 195, 'Failed to swap inactive room'),
  muc_room_default_history_length: at('modules/muc/history.lib.lua', 14, 14, 'default_history_length = 20'),
  muc_room_lock_timeout: at('modules/muc/lock.lib.lua', 26, 26, 'if os.time() < ts then return true'),
  muc_tombstones: at('modules/muc/mod_muc.lua', 395, 414, 'if not room:get_persistent() then return end'),
  password_hash: at(
    'modules/mod_auth_internal_hashed.lua',
    60,
    64,
    'get_auth_db(password, credentials.salt, credentials.iteration_count)',
  ),
  proxy65_acl: at('modules/mod_proxy65.lua', 114, 114, 'proxy_open_access or origin.type == "c2s"'),
  s2s_require_encryption: at(
    'modules/mod_s2s.lua',
    348,
    394,
    'if require_encryption or (secure_auth and not(insecure_domains[host]))',
  ),
  smacks_max_queue_size: at('modules/mod_smacks.lua', 612, 633, 'queue:resumable()'),
  ssl: at('core/certmanager.lua', 341, 331, 'cfg:apply(global_ssl_config)'),
  statistics: at('core/statsmanager.lua', 37, 37, 'stats_provider:sub(1,1) == ":"'),
  statistics_interval: at('core/statsmanager.lua', 22, 22, 'stats_interval = 60'),
  storage_archive_item_limit: at('modules/mod_storage_sql.lua', 317, 329, 'if archive_item_limit then'),
  unlimited_jids: at('modules/mod_limits.lua', 140, 140, 'unlimited_jids:contains(session.to_host)'),
  websocket_frame_fragment_limit: at('util/dbuffer.lua', 13, 13, 'self:collapse();'),
  websocket_frame_buffer_limit: at('modules/mod_websocket.lua', 289, 295, 'websocket frame buffer full'),
};
