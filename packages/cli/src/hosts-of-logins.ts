import { type Configuration, DIRECTORY_WAYS, hosts, isServiceHost, loginOf } from '@prosodist/core';
import { CommandError } from './status.js';

/**
 * The hosts that a login may mean when none is named: those that ask a directory, else those of people, else all. Empty only for a
 * configuration that Prosody refuses.
 * @throws CommandError when there is none
 */
export function hostsOfLogins(configuration: Configuration): readonly string[] {
  const names = hosts(configuration).map(({ name }) => name);
  if (names.length === 0 && configuration.ok) throw new CommandError('no virtual host is defined, so nobody can log in');
  const asking = names.filter(name => DIRECTORY_WAYS.has(loginOf(configuration, name).provider ?? ''));
  const people = names.filter(name => !isServiceHost(name));
  return [asking, people, names].find(list => list.length > 0) ?? [];
}
