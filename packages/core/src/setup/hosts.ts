// Which virtual host people log in to.
import { type Configuration, effective, hosts, type Section } from '../evaluate/index.js';
import { isServiceHost } from '../jitsi/index.js';
import { chooseHost } from '../patch/index.js';
import { type Refused, refuse } from './draft.js';

/** Providers that let everybody in. */
export const ANONYMOUS: ReadonlySet<string> = new Set(['anonymous', 'jitsi-anonymous']);

/** The provider of a host; `internal_hashed` where nothing is said (core/usermanager.lua), null where it is not known. */
export function providerOf(configuration: Configuration, host: string): string | null {
  const value = effective(configuration, host, 'authentication')?.value;
  if (value === undefined || value.kind === 'nil') return 'internal_hashed';
  return value.kind === 'string' ? value.value : null;
}

/**
 * The hosts that people may log in to, the likeliest first: those with Jitsi's services around them, those that let everybody in
 * (`jitsi-anonymous`), then the others. Without the hosts of services, guests and recorders, and without those that are off.
 */
export function loginHosts(configuration: Configuration): readonly string[] {
  const weight = ({ name }: Section) =>
    (configuration.sections.has(`auth.${name}`) || configuration.sections.has(`focus.${name}`) ? 2 : 0) +
    (ANONYMOUS.has(providerOf(configuration, name) ?? '') ? 1 : 0);
  return hosts(configuration)
    .filter(
      section => section.openings.length > 0 && !isServiceHost(section.name) && !section.name.startsWith('?') && isOn(section),
    )
    .sort((one, other) => weight(other) - weight(one))
    .map(section => section.name);
}

function isOn({ options }: Section): boolean {
  const value = options.get('enabled')?.value;
  return !(value?.kind === 'boolean' && !value.value);
}

/** The host that is meant, or a refusal that names those that could be. */
export function mainHost(configuration: Configuration, asked: string | undefined): string | Refused {
  const candidates = loginHosts(configuration);
  if (asked === undefined) {
    const jitsi = candidates.filter(
      name => configuration.sections.has(`auth.${name}`) || configuration.sections.has(`focus.${name}`),
    );
    if (jitsi.length === 1) return jitsi[0]!;
    const open = candidates.filter(name => ANONYMOUS.has(providerOf(configuration, name) ?? ''));
    if (jitsi.length === 0 && open.length === 1) return open[0]!;
  }
  const chosen = chooseHost(configuration, asked);
  if (typeof chosen === 'string') return chosen;
  const help =
    candidates.length > 0
      ? `Name one of them: ${candidates.slice(0, 5).join(', ')}.`
      : 'Add one first: `prosodist host meet.example.com`, or install jitsi-meet.';
  return refuse('host', chosen.why, help, 'Only one virtual host is given to the directory.', chosen.at);
}
