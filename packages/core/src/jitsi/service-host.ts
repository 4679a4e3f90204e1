/** Hosts of Jitsi's own services, guests and recorders, and Debian's `localhost`. */
const SERVICE_HOST = /^(?:auth|guest|recorder|hidden|jigasi|localhost|visitors)(?:\.|$)/;

/**
 * Whether a virtual host is of Jitsi's services, guests or recorders, where nobody of a directory logs in. In: its prepared name.
 * Source: jitsi-meet's doc/debian/jitsi-meet-prosody and docker-jitsi-meet's templates.
 */
export function isServiceHost(name: string): boolean {
  return SERVICE_HOST.test(name);
}
