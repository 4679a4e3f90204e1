// What the options of Prosody's services do: limits, HTTP, rooms, archives, registration. Each sentence was compared with modules/,
// net/ and util/ of 0.12.3 and 13.0.1 as Debian packages them, those about mod_auth_cyrus with its prosody-modules. The lines that
// read an option are in the catalogue; test/catalog/proseSources.ts has those for what a sentence says beyond them, and a test looks
// them up. What Jitsi Meet needs was not compared here.
export const SERVICE_PROSE: Readonly<Record<string, string>> = {
  limits:
    'How many bytes a second each kind of connection may send, with mod_limits; without a word clients get 10 kB and servers 30 kB. What comes faster is slowed down, not refused.',
  limits_resolution:
    'Seconds between two looks at connections that are slowed down; 1 unless set. The network backend epoll does it by itself and has no use for it.',
  unlimited_jids:
    "Accounts and servers that mod_limits leaves alone from their login on; Jicofo and the videobridge of Jitsi Meet belong here. Jitsi's mod_limits_exception gives them larger stanzas too.",
  consider_bosh_secure: 'Treats BOSH as encrypted although it comes over HTTP, because a proxy before it has the TLS.',
  consider_websocket_secure:
    'Treats WebSockets as encrypted although they come over HTTP, because a proxy before them has the TLS.',
  cross_domain_bosh: 'Once let pages of other sites use BOSH. Since 0.12 it does nothing, and `http_cors_override` does it.',
  cross_domain_websocket:
    'Once let pages of other sites use WebSockets. Since 0.12 it does nothing, and `http_cors_override` does it.',
  bosh_max_inactivity: 'How long a BOSH session lives without a request; 60 seconds unless set.',
  bosh_max_wait: 'The longest time that a BOSH request is held open; 120 seconds unless set. A client may ask for less.',
  bosh_max_polling:
    'The shortest time between two requests of a client that only polls, as clients are told it; 5 seconds unless set.',
  websocket_frame_buffer_limit:
    'Bytes that a WebSocket may have waiting until they are read, twice `c2s_stanza_size_limit` unless set. With more the session ends.',
  websocket_frame_fragment_limit: 'Pieces of a WebSocket that wait before Prosody joins them to one; 8 unless set.',
  trusted_proxies:
    'Addresses of proxies whose X-Forwarded-For is believed. Without yours, limits and logs see one address for all users.',
  http_default_host: 'The host whose pages are shown when a request names none that is known.',
  http_host: 'The name under which the pages of this host are asked for, where it is not its own.',
  http_external_url: 'The address under which the world reaches the pages, for links that Prosody gives out.',
  http_paths: "Paths of modules' pages, by module; `$host` stands for the host.",
  http_path: 'The folder of mod_http_files; `http_files_dir` is its newer name.',
  http_files_dir: 'The folder that mod_http_files shows to the world.',
  http_cors_override: 'What pages of other sites may do with the pages of one module, by module.',
  http_default_cors_enabled: 'Whether pages of other sites may ask modules that say nothing about it; yes unless set.',
  http_max_content_size: 'Bytes that one request may carry, 10 MiB unless set.',
  http_max_buffer_size: 'Bytes of a request that are kept in memory, twice `http_max_content_size` unless set.',
  access_control_allow_origins: 'Sites whose pages may ask; all of them unless set.',
  http_file_share_size_limit: 'Bytes that one shared file may have; 10485760 unless set.',
  http_file_share_daily_quota: 'Bytes that a user may share in a day, ten files of the largest size unless set.',
  http_file_share_global_quota: 'Bytes that all shared files together may have, without a limit unless set.',
  http_file_share_expires_after: 'How long shared files are kept; 1 week unless set.',
  http_file_share_access: 'Addresses or hosts whose users may share files too.',
  http_file_share_base_url: 'The address of a server for the files themselves, where it is not this one.',
  restrict_room_creation:
    'Who may make a room: everybody (false), administrators (true), or users of the host above the component (`"local"`).',
  muc_room_locking: 'Whether a new room waits until its settings are confirmed; yes unless set. Jitsi Meet needs false.',
  muc_room_lock_timeout: 'How long a new room waits for that, and is open to others then; 5 minutes unless set.',
  muc_room_default_public: 'Whether a new room is in the list of rooms; no unless set.',
  muc_room_default_public_jids: 'Whether everybody in a new room sees the addresses of the others. Jitsi Meet needs true.',
  muc_room_default_persistent: 'Whether a new room stays when nobody is in it.',
  muc_room_default_members_only: 'Whether only members may enter a new room.',
  muc_room_default_moderated: 'Whether in a new room only those with voice may speak.',
  muc_room_default_history_length: 'The largest number of messages of before that are shown to who enters, 20 unless set.',
  muc_room_default_change_subject: 'Whether everybody may change the subject of a new room.',
  muc_room_default_language: 'The language of a new room.',
  muc_room_default_presence_broadcast: 'The roles whose comings and goings are told in a new room.',
  muc_room_cache_size:
    'Rooms that are kept in memory; 100 unless set. Beyond that the one that rests longest goes to storage; where that fails, as with `none`, no new room is made.',
  muc_room_allow_persistent: 'Whether all users may make rooms that stay, or only administrators; yes unless set.',
  muc_tombstones:
    'Whether the name of a persistent room that was destroyed stays taken for a while; yes unless set. Other rooms leave their name free at once.',
  muc_tombstone_expiry: 'How long such a name stays taken; 31 days unless set. Administrators may take it before.',
  muc_log_expires_after: 'How long messages of rooms are kept; 1 week unless set.',
  muc_log_by_default: 'Whether new rooms keep their messages; yes unless set.',
  muc_log_all_rooms: 'Whether all rooms keep their messages, whatever their settings say; no unless set.',
  max_history_messages: 'The largest number of messages of before that a room may show.',
  component_admins_as_room_owners:
    'Whether the administrators of the component own every room in it. Prosody 13 says no unless set; Jicofo of Jitsi Meet needs yes.',
  archive_expires_after: 'How long mod_mam keeps messages; 1 week unless set.',
  default_archive_policy:
    'Whether messages are kept for users who have not said what they want: always, never, or with contacts only (`roster`).',
  max_archive_query_results: 'The largest number of messages that one question to the archive gives; 50 unless set.',
  allow_registration:
    'Whether accounts can be made over the network; no unless set. Without invitations that is an open door for spam.',
  registration_invite_only: 'Whether an account needs an invitation, with mod_invites_register; yes unless set.',
  min_seconds_between_registrations: 'Seconds between two new accounts from one address. Without it there is no limit.',
  registration_blocklist: 'Addresses that may not make accounts.',
  registration_allowlist: 'Addresses to which the limits of new accounts do not apply.',
  welcome_message: 'What a new user is told.',
  motd_text: 'What everybody is told at login.',
  contact_info: 'Where people reach those who run the server, by purpose.',
  disco_items: "Services that are shown to clients besides the server's own: lists of an address and a name.",
  groups_file: 'The file with groups whose members have each other in their contacts.',
  pep_max_items: 'The largest number of entries that one node of a user keeps; 256 unless set.',
  smacks_hibernation_time: 'How long a lost connection may be taken up again; 10 minutes unless set.',
  smacks_max_queue_size:
    'The largest number of stanzas that are kept for a client until it has acknowledged them; 500 unless set. With more waiting a lost connection cannot be taken up again.',
  sql: 'The database of the storage `sql`: driver, name and how to log in.',
  sql_manage_tables: 'Whether Prosody makes and changes the tables of the database itself; yes unless set.',
  sqlite_tune: 'How careful SQLite is against how fast; `default` unless set.',
  storage_archive_item_limit: 'Messages that one archive keeps at most. The storage `sql` has no limit without it.',
  turn_external_host: 'The TURN server that clients are told of, the name of the host unless set.',
  turn_external_port: 'Its port; 3478 unless set.',
  turn_external_secret: 'What it shares with Prosody; passwords that end by themselves are made from it.',
  turn_external_ttl: 'How long such a password is good; 1 day unless set.',
  turn_external_tcp: 'Whether it can be reached by TCP too; no unless set.',
  turn_external_tls_port: 'Its port for TLS, where it has one.',
  external_services: 'TURN, STUN and other servers that clients are told of.',
  external_service_secret:
    'The secret that such servers share with Prosody, for entries with `secret = true`. An entry without `secret` gets no password from it.',
  external_service_host: 'The name of such servers, where an entry has none of its own: that of the host unless set.',
  external_service_port: 'The port of such servers, where an entry has none of its own.',
  external_service_ttl: 'How long passwords for them are good, where an entry says nothing else; 1 day unless set.',
  proxy65_address: 'The name under which mod_proxy65 is reached for files.',
  proxy65_acl:
    'The accounts or hosts that may use mod_proxy65. Without it all users of this server may, and everybody with `proxy65_open_access`.',
  admin_socket: 'The socket through which `prosodyctl shell` speaks with the server.',
  openmetrics_allow_ips: 'Addresses that may read the measured values: those of this machine unless set.',
  openmetrics_allow_cidr: 'A network that may read the measured values.',
  cyrus_service_name: 'The service that mod_auth_cyrus names to libsasl, and so to saslauthd and PAM; `xmpp` unless set.',
  cyrus_application_name:
    'The application that mod_auth_cyrus names to libsasl; `prosody` unless set. It names the file with the settings of libsasl, such as /etc/sasl/prosody.conf.',
  cyrus_service_realm: 'The realm that mod_auth_cyrus asks for, the name of the host unless set.',
  cyrus_server_fqdn: 'The name of this machine for libsasl.',
  cyrus_require_provisioning: 'Whether who logs in with mod_auth_cyrus needs an account of Prosody too; no unless set.',
};
