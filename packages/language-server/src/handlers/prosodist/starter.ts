import { literal } from '@prosodist/core';

/**
 * A configuration to begin with, for a folder that has none: what Jitsi Meet needs of Prosody to log people in, and no more.
 * @param host the name of the virtual host
 */
export function starter(host: string): string {
  return `-- Configuration of Prosody, the XMPP server of Jitsi Meet

modules_enabled = {
    "roster"; "saslauth"; "tls"; "disco"; -- what every client needs
    "bosh"; "websocket"; -- how the web page connects
    "ping"; "smacks";
}
modules_disabled = { "s2s" } -- nobody of other servers

-- The web server speaks plain HTTP to Prosody, from the same machine
consider_bosh_secure = true
consider_websocket_secure = true
http_interfaces = { "127.0.0.1", "::1" }

VirtualHost ${literal(host)}

Component ${literal(`conference.${host}`)} "muc"
`;
}
