// The virtual hosts: the one that people log in to, and the one for guests.
import { type Configuration, effective, hosts } from '../evaluate/index.js';
import type { Operation } from '../patch/index.js';
import { current, type Draft, isRefused, operate, refuse } from './draft.js';
import { ANONYMOUS, providerOf } from './hosts.js';
import type { LdapSetupWay, SetupStep } from './types.js';

/** `authentication` of the host itself, for a value there wins over a global one; nobody else's changes. */
export function hostStep(draft: Draft, original: Configuration, host: string, way: LdapSetupWay): SetupStep {
  const why = `The directory answers logins at ${host}, and only there: Jitsi's own services keep their accounts in Prosody.`;
  const before = current(draft);
  // a file that was linked may bring a global provider with it
  const moved = hosts(before).filter(
    ({ name, openings }) => name !== host && openings.length > 0 && providerOf(before, name) !== providerOf(original, name),
  );
  const operations: Operation[] = [
    { op: 'set', scope: { host }, name: 'authentication', value: way },
    ...moved.map(
      ({ name }): Operation => ({
        op: 'set',
        scope: { host: name },
        name: 'authentication',
        value: providerOf(original, name) ?? 'internal_hashed',
      }),
    ),
  ];
  const said = operate(draft, 'host', operations);
  if (isRefused(said)) return said;
  const common = { step: 'host', why, help: null, at: [], shown: [] } as const;
  return said.length === 0
    ? { ...common, status: 'done', what: `${host} has \`authentication = "${way}"\`` }
    : { ...common, status: 'todo', what: `${host}: ${said.join('; ')}` };
}

/** The name of the host for guests; undefined where there is to be none. */
export function guestHostOf({ choices }: Draft, configuration: Configuration, host: string): string | undefined {
  const { guests } = choices;
  if (guests === false) return undefined;
  if (typeof guests === 'string') return guests;
  const usual = `guest.${host}`;
  return guests === true || configuration.sections.has(usual) ? usual : undefined;
}

/** A virtual host that lets everybody in, behind the main one. */
export function guestsStep(draft: Draft, original: Configuration, host: string): SetupStep {
  const guest = guestHostOf(draft, original, host);
  const common = { step: 'guests', help: null, at: [], shown: [] } as const;
  if (guest === undefined) {
    const there = original.sections.get(`guest.${host}`)?.openings.length;
    const what = there ? `guest.${host} is there, and stays` : 'no guests: who has no account in the directory cannot come in';
    return { ...common, status: 'done', what, why: 'Guests need a virtual host that asks for no password.' };
  }
  const why = `Guests come in at ${guest} without a password, once somebody of the directory has opened the room.`;
  if (guest === host) return refuse('guests', 'the host for guests is the main one', 'Name another: guest.example.com.', why);
  const open = openProvider(original, host);
  const encryption = effective(original, host, 'c2s_require_encryption');
  const operations: Operation[] = [
    {
      op: 'ensure.host',
      host: guest,
      after: host,
      options: {
        authentication: open,
        // as Jitsi's own host has it: the web server in front speaks TLS
        ...(encryption?.inherited === false && encryption.value.kind === 'boolean' && !encryption.value.value
          ? { c2s_require_encryption: false }
          : {}),
      },
    },
    ...(ANONYMOUS.has(providerOf(original, guest) ?? '') || !original.sections.has(guest)
      ? []
      : [{ op: 'set', scope: { host: guest }, name: 'authentication', value: open } as const]),
  ];
  const said = operate(draft, 'guests', operations);
  if (isRefused(said)) return said;
  return said.length === 0
    ? { ...common, why, status: 'done', what: `${guest} lets everybody in` }
    : { ...common, why, status: 'todo', what: said.join('; ') };
}

/** What let everybody in before; Jitsi's module where its modules are there, Prosody's own otherwise. */
function openProvider(configuration: Configuration, host: string): string {
  const before = providerOf(configuration, host);
  if (before !== null && ANONYMOUS.has(before)) return before;
  const others = hosts(configuration).map(({ name }) => providerOf(configuration, name));
  const used = others.find(one => one !== null && ANONYMOUS.has(one));
  const isJitsi = configuration.sections.has(`auth.${host}`) || configuration.sections.has(`focus.${host}`);
  return used ?? (isJitsi ? 'jitsi-anonymous' : 'anonymous');
}
