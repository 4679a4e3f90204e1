/** A configuration like the one that Debian installs, with this many virtual hosts of five lines behind it. */
export function configuration(hosts) {
  const sections = Array.from({ length: hosts }, (_, index) => {
    const name = `host${String(index).padStart(6, '0')}.example.com`;
    return `VirtualHost "${name}"
    enabled = true
    authentication = "internal_hashed"
    modules_enabled = { "mam"; "carbons"; "smacks"; "csi_simple"; "limits"; "mod${index}" }
    ssl = { key = "certs/${name}.key"; certificate = "certs/${name}.crt"; protocol = "tlsv1_2+"; }
    admins = { "admin@${name}", "operator${index}@example.com" }
`;
  });
  return BASE + sections.join('\n');
}

const BASE = `-- Prosody's configuration
---------- Server-wide settings ----------
-- Settings in this section apply to the whole server.

-- Accounts that are administrators of the server.
admins = { }

-- Modules that are loaded at start.
modules_enabled = {

	-- Generally required
		"disco"; -- Service discovery
		"roster"; -- Allow users to have a roster.
		"saslauth"; -- Authentication for clients and servers.
		"tls"; -- Add support for secure TLS on c2s/s2s connections

	-- Not essential, but recommended
		"blocklist"; -- Allow users to block communications with other users
		"bookmarks"; -- Synchronise the list of open rooms between clients
		"carbons"; -- Keep multiple online clients in sync
		"dialback"; -- Support for verifying remote servers using DNS
		"limits"; -- Enable bandwidth limiting for XMPP connections
		"pep"; -- Allow users to store public and private data in their account
		"private"; -- Legacy account storage mechanism (XEP-0049)
		"smacks"; -- Stream management and resumption (XEP-0198)
		"vcard4"; -- User profiles (stored in PEP)
		"vcard_legacy"; -- Conversion between legacy vCard and PEP Avatar, vcard
}

-- Modules that are loaded by themselves, unless they stand here.
modules_disabled = {
	-- "offline"; -- Store offline messages
	-- "c2s"; -- Handle client connections
}

pidfile = "/run/prosody/prosody.pid"
s2s_secure_auth = true
limits = {
	c2s = { rate = "10kb/s"; };
	s2sin = { rate = "30kb/s"; };
}
authentication = "internal_hashed"
storage = "internal"
archive_expires_after = "1w" -- Remove archived messages after 1 week
log = {
	info = "/var/log/prosody/prosody.log";
	error = "/var/log/prosody/prosody.err";
}
certificates = "certs"

----------- Virtual hosts -----------
VirtualHost "localhost"

------ Components ------
Component "conference.example.com" "muc"
    modules_enabled = { "muc_mam" }

`;

/** A configuration as it is found on servers: a good part of it are comments, and nothing much is wrong with it. */
export function ordinary(hosts) {
  const sections = Array.from(
    { length: hosts },
    (
      _,
      index,
    ) => `-- The rooms of team ${index}. Its people are known to this server alone; who wants to speak with others asks the
-- administrators first. The certificate is renewed by certbot every two months, and Prosody is told of it by its hook.
VirtualHost "team${index}.example.com"
    authentication = "internal_hashed"
    modules_enabled = { "mam"; "carbons"; "smacks" }
    admins = { "admin@example.com" }
    c2s_require_encryption = true
    archive_expires_after = "4w"
`,
  );
  return BASE + sections.join('\n');
}

/** One that sets this many options, all of another name, and none that a module reads. */
export function globals(count) {
  return `${Array.from({ length: count }, (_, index) => `own_setting_number_${index} = ${index}`).join('\n')}\n${BASE}`;
}
