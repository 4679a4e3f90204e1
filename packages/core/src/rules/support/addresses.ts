/** Whether a name of a machine is an address (IPv4 or IPv6). */
export function isAddress(host: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host) || host.includes(':');
}

/** Whether a name or address means the machine itself. */
export function isOwnMachine(host: string): boolean {
  return /^(?:localhost|ip6-localhost|.+\.localhost|127(?:\.\d{1,3}){3}|::1)$/i.test(host);
}
