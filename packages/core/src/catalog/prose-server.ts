// What the options of the server, its modules, its network and its TLS do. Each sentence was compared with core/, net/, util/ and
// modules/ of 0.12.3 and 13.0.1 as Debian packages them. The lines that read an option are in the catalogue;
// test/catalog/proseSources.ts has those for what a sentence says beyond them, and a test looks them up.
export const SERVER_PROSE: Readonly<Record<string, string>> = {
  admins:
    'Addresses of those who may administer the server or, in a host, this host; those of the global section may everywhere. In a component they own every room where `component_admins_as_room_owners` says so.',
  modules_enabled:
    'The modules to load. The list of the global section and the one of a host are joined; a component takes only a few of the global ones, such as `tls` and `smacks`.',
  modules_disabled: 'Modules that are not loaded here, though Prosody would do so by itself or the global section asks for them.',
  plugin_paths:
    "Folders in which modules are looked for before Prosody's own. Jitsi Meet's are in /usr/share/jitsi-meet/prosody-plugins/.",
  installer_plugin_path:
    'The folder that `prosodyctl install` puts modules into; `custom_plugins` unless set. Prosody looks for modules there too.',
  plugin_server: 'The address from which `prosodyctl install` takes modules.',
  authentication:
    'The provider that checks passwords: the module mod_auth_ of this name; `internal_hashed` unless set. The value of a host takes the place of the global one.',
  authorization: 'The provider that knows the roles of users: the module mod_authz_ of this name; `internal` unless set.',
  anonymous_login: 'An old way to say `authentication = "anonymous"`; it is stronger than `authentication`.',
  storage:
    'Where data is kept: the module mod_storage_ of this name. A table names one for each store, and `default_storage` has the rest.',
  default_storage: 'Where the stores go that `storage` does not name; `internal` unless set.',
  data_path: 'The folder for data of the storage `internal` and for other files that Prosody writes.',
  certificates:
    'The folder in which certificates are looked for by the names that they hold; `certs` unless set. A relative one starts at the folder of the main file.',
  certificate:
    'The certificate of this host: a file, or a folder to look in; the key is looked for beside it. One for the name of the host in the folder `certificates` comes before it.',
  ssl: 'Settings of TLS for everything; those of `c2s_ssl`, `s2s_ssl` and of single ports go over them. With automatic certificates and `tls_profile` it is seldom needed.',
  c2s_ssl: 'Settings of TLS for connections of clients, over those of `ssl` in the same section.',
  s2s_ssl: 'Settings of TLS for connections with other servers, over those of `ssl` in the same section.',
  https_ssl:
    'Settings of TLS for the HTTPS port, over those of `ssl`. Without a certificate in them Prosody takes one from the folder `certificates`.',
  http_ssl: 'Settings of TLS of the HTTP port, which has none: put them into `https_ssl`.',
  client_https_ssl: 'Settings of TLS for requests that Prosody itself makes.',
  tls_profile:
    "How strict TLS is: Mozilla's modern, intermediate or old profile, or Prosody's settings of before (`legacy`); `intermediate` unless set. Another word keeps TLS from working in 13.0; 0.12 takes it for `legacy`.",
  use_dane: 'Whether certificates of other servers are also checked by their DNS records (DANE).',
  ssl_compression: 'Whether TLS may compress, which is dangerous and off unless set.',
  log: 'Where messages go: a file, `"*syslog"`, or a table with levels as keys. A level includes those above it.',
  debug: 'Adds the level debug where `log` is not set or names only a file. Elsewhere the levels of `log` count.',
  syslog_facility: "The facility under which messages go to the system's log.",
  pidfile: 'The file with the number of the running process, which prosodyctl reads.',
  daemonize:
    'Whether Prosody goes into the background. The options -D and -F of the command have taken its place; 13.0 looks at it only in `prosodyctl start`.',
  prosody_user: 'The user that prosodyctl changes to when root runs it; `prosody` unless set.',
  prosody_group: "The group that prosodyctl changes to when root runs it: that of the user's name unless set.",
  umask: 'The rights that new files do not get, in octal; `027` unless set.',
  run_as_root: 'Lets Prosody run as root, which it refuses otherwise.',
  interfaces:
    'Addresses that services listen on unless they have their own or are for this machine only; `*` is every one of IPv4, `::` of IPv6.',
  local_interfaces:
    'Addresses for services that are meant for this machine only, such as that of components and the console: 127.0.0.1 and ::1 unless set.',
  external_addresses: 'Addresses under which others reach this machine, for `prosodyctl check`.',
  use_ipv4: 'Whether IPv4 is used; yes unless set.',
  use_ipv6: 'Whether IPv6 is used; yes unless set.',
  network_backend: 'How Prosody waits for the network; `epoll` is the usual one.',
  network_settings: 'Times and sizes of connections, for the network backend.',
  unbound: 'Settings of libunbound, which asks DNS.',
  gc: 'How Lua clears its memory: its mode and how hard it works.',
  statistics:
    'Who takes the values that modules measure: `internal` for mod_http_openmetrics and the console, `statsd`, or a colon and the name of a Lua module.',
  statistics_interval:
    'Seconds between measurements, or `"manual"` to measure when somebody asks. With `statistics` alone they are 60.',
  statistics_config: 'Settings of the statistics, such as the address of StatsD.',
  enabled: 'Set to false, the host is not loaded at all.',
  defined: 'Set by Prosody itself for hosts that the configuration opens.',
  load_global_modules: 'Set by Prosody itself for components. Nothing reads it: whoever sets it changes nothing.',
  component_module: 'The module behind a component. It is the second name of `Component`, and seldom set by itself.',
  name: 'The name that is shown to people, for example in lists of services.',
  tcp_keepalives: 'Whether the system is asked to notice connections that are dead; yes unless set.',
  prosodyctl_timeout: 'Seconds for which prosodyctl waits until Prosody has started or stopped; 5 unless set.',
  c2s_ports: 'Ports for clients; 5222 unless set.',
  s2s_ports: 'Ports for other servers; 5269 unless set.',
  component_ports:
    'Ports for components that run as programs of their own; 5347 unless set. They are open to this machine only unless `component_interfaces` or `local_interfaces` says more.',
  component_interfaces: 'Addresses that wait for such components.',
  component_secret: 'The password with which an external component logs in.',
  http_ports: 'Ports for HTTP; 5280 unless set. An empty list switches it off.',
  https_ports: 'Ports for HTTPS; 5281 unless set. An empty list switches it off, for example where a proxy has the certificate.',
  http_interfaces: 'Addresses for HTTP; only this machine, where a proxy stands before it.',
  https_interfaces: 'Addresses for HTTPS.',
  c2s_direct_tls_ports: 'Ports on which clients begin with TLS at once.',
  s2s_direct_tls_ports: 'Ports on which other servers begin with TLS at once.',
  legacy_ssl_ports: 'The old name of `c2s_direct_tls_ports`.',
  c2s_require_encryption: 'Whether clients must use TLS before they may log in.',
  s2s_require_encryption:
    'Whether other servers must use TLS; yes unless set. With `s2s_secure_auth` those must in any case that are not in `s2s_insecure_domains`.',
  require_encryption:
    'Whether clients need TLS where `c2s_require_encryption` says nothing; yes unless set. Connections with other servers do not look at it: theirs is `s2s_require_encryption`.',
  s2s_secure_auth:
    'Whether other servers need a valid certificate; no unless set. Without it a name is also proved by a call back (mod_dialback).',
  s2s_insecure_domains: 'Servers whose certificate may be invalid, though `s2s_secure_auth` is set.',
  s2s_secure_domains: 'Servers whose certificate has to be valid, though `s2s_secure_auth` is not set.',
  allow_unencrypted_plain_auth:
    'Lets passwords go over connections without TLS in clear, where `c2s_require_encryption` lets such connections log in; no unless set.',
  disable_sasl_mechanisms: 'Login mechanisms that are not offered; `DIGEST-MD5` unless set.',
  insecure_sasl_mechanisms: 'Login mechanisms that are only offered with TLS.',
  c2s_stanza_size_limit:
    'Bytes that one stanza of a client may have; the connection is closed for a larger one. Before login on the ports for clients `c2s_unauthed_stanza_size_limit` counts.',
  s2s_stanza_size_limit: 'Bytes that one stanza of another server may have; 524288 unless set.',
  c2s_timeout: 'How long a client may take to log in; 5 minutes unless set.',
  c2s_close_timeout: 'How long Prosody waits for a client to close its side; 5 seconds unless set.',
  s2s_timeout: 'How long a connection with another server may take until it is ready; 90 seconds unless set.',
  s2s_close_timeout: 'How long Prosody waits for another server to close its side; 5 seconds unless set.',
  dialback_secret:
    'What dialback makes its keys of, another one after each start unless set. Several machines of one server need the same.',
  password_hash:
    'The hash of new passwords in `internal_hashed`; `SHA-1` unless set. With SHA-256 the passwords have to be set anew, for the stored hashes fit no more.',
  default_iteration_count: 'How often `internal_hashed` hashes a password; 10000 unless set. More is slower, for attackers too.',
  disallow_s2s: 'Keeps a host from speaking with other servers.',
  allow_anonymous_s2s: 'Lets the users of a host with `authentication = "anonymous"` speak with other servers; no unless set.',
};
