-- Main configuration of the Prosody XMPP server
--
-- What can be set here is explained at https://prosody.im/doc/configure
-- After a change, have it checked before the server is restarted:
--     prosodyctl check config


---------- Server-wide settings ----------
-- What stands here is for the whole server, and the default of every virtual host.

-- Accounts that may administer the server.
-- Example: admins = { "alice@example.com", "bob@example.net" }
admins = { }

-- Modules that do not come from a package are looked for here first.
plugin_paths = { "/usr/local/lib/prosody/modules" }

-- Modules that are loaded on every virtual host.
-- Those that come with Prosody are listed at https://prosody.im/doc/modules
modules_enabled = {

	-- Hardly a server can do without
		"roster"; -- Contact lists
		"saslauth"; -- Logging in
		"tls"; -- Encrypted connections
		"disco"; -- Finding out what the server can do

	-- Recommended
		"blocklist"; -- Lets users block others
		"carbons"; -- Keeps several clients of one user in step
		"pep"; -- Avatars, moods and other things that users publish
		"private"; -- Clients keep their settings on the server
		"smacks"; -- Connections survive a short loss of network
		"vcard4"; -- Profiles, in the current form
		"vcard_legacy"; -- Profiles, in the old form

	-- Nice to have
		"ping"; -- Answers pings
		"register"; -- Users can change their password
		"time"; -- Tells the time of the server
		"uptime"; -- Tells how long the server has been running
		"version"; -- Tells the version of the server
		--"mam"; -- Keeps messages for clients that come later
		--"csi_simple"; -- Saves the batteries of phones

	-- For administrators
		"admin_adhoc"; -- Administration with an XMPP client
		--"admin_shell"; -- Administration with 'prosodyctl shell'

	-- HTTP
		--"bosh"; -- Clients in a browser, over HTTP
		--"websocket"; -- Clients in a browser, over WebSocket

	-- Other
		"posix"; -- Log to syslog, run in the background
		--"limits"; -- Limits the rate of connections
		--"proxy65"; -- Transfers files between clients behind NAT
		--"welcome"; -- Greets users that have just registered
}

-- These are loaded without being asked for. Whoever does not want one names it here.
modules_disabled = {
	-- "offline"; -- Keeps messages for users that are not there
	-- "c2s"; -- Connections from clients
	-- "s2s"; -- Connections from other servers
}

-- Debian: the service may write into this directory, and into few others.
pidfile = "/run/prosody/prosody.pid";

-- Clients must encrypt their connection before they log in.
c2s_require_encryption = true

-- Other servers must encrypt, and must have a valid certificate.
s2s_require_encryption = true
s2s_secure_auth = true
--s2s_insecure_domains = { "insecure.example" }

-- Where accounts and passwords are. This one keeps them in Prosody's own storage, hashed.
-- See https://prosody.im/doc/authentication
authentication = "internal_hashed"

-- Where everything else is kept: in plain files, or in a database.
--storage = "sql"
--sql = { driver = "PostgreSQL", database = "prosody", username = "prosody", password = "secret", host = "localhost" }

-- Debian: levels from info on go to a file, errors also to syslog.
log = {
	info = "/var/log/prosody/prosody.log"; -- "debug" instead of "info" tells more
	error = "/var/log/prosody/prosody.err";
	{ levels = { "error" }; to = "syslog"; };
}

-- Directory in which certificates are looked for, relative to this file.
certificates = "certs"


---------- Virtual hosts ----------
-- One for each domain that is served. What stands below such a line is for this host alone.
-- Debian keeps each in a file of its own: in conf.avail/, with a link to it in conf.d/ when it is in use.

VirtualHost "localhost"


---------- Further configuration files ----------

Include "conf.d/*.cfg.lua"

-- Step 6 of the guide: log in even if unencrypted
consider_bosh_secure = true
