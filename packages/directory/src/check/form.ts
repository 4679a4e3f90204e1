import { type LdapHost, parseLdapHosts } from '@prosodist/core';
import { serverName } from '../internal.js';
import { type Run, takeStep } from './run.js';
import { sentence, serviceFails } from './words.js';

/** Reads the server list as the module does. Returns the servers; none when nobody can read it. */
export async function checkForm(run: Run): Promise<readonly LdapHost[]> {
  const { settings } = run;
  const read = parseLdapHosts(settings.server.value);
  await takeStep(run, 'form', null, 'read the server list', () => {
    const did = `read "${settings.server.value}" as the module does`;
    if (!read.ok) {
      const { message, help, reply } = read.problem;
      return {
        verdict: 'error',
        code: 'form.bad',
        did,
        found: sentence(message),
        ...serviceFails(settings, reply.replace(/^LuaLDAP: /, '')),
        help: sentence(help),
        settings: [settings.server],
      };
    }
    const servers = read.hosts.map(serverName).join(', then ');
    const [note] = read.notes;
    if (note)
      return {
        verdict: 'warning',
        code: 'form.ignored',
        did,
        found: `It is ${servers}. ${sentence(note.message)}`,
        help: sentence(note.help),
        settings: [settings.server],
      };
    return { verdict: 'ok', code: 'ok', did, found: `It is ${servers}.`, settings: [settings.server] };
  });
  return read.ok ? read.hosts : [];
}
