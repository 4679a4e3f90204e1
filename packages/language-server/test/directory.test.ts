import { strict as assert } from 'node:assert';
import type { DirectoryServer } from '../../../test/support/directory/server.js';
import { openLdap } from '../../../test/support/directory/slapd.js';
import { describeWith } from '../../../test/support/needing.js';
import type { PathView, Suggestion } from '../src/index.js';
import { type Client, PULL } from './client.js';
import { session } from './session.js';
import { Workspace } from './workspace.js';

/** The requests that ask a directory: what they may send where, by the client's settings. */
describeWith('asking a directory', openLdap(), lab => {
  let server: DirectoryServer;
  before(async function () {
    this.timeout(60_000);
    server = await lab.start({ certificate: 'none' });
  });
  after(() => server?.stop());

  const text = () => `modules_enabled = { "saslauth"; "bosh" }
consider_bosh_secure = true
ldap_server = "${server.address}"
ldap_rootdn = "${server.service.dn}"
ldap_password = "${server.service.password}"
ldap_base = "${server.people}"
ldap_filter = "(uid=$user)"
VirtualHost "meet.example.com"
    authentication = "ldap"
`;
  const ask = async (client: Client, workspace: Workspace, more: object = {}) => {
    const uri = workspace.uri('prosody.cfg.lua');
    await client.open(uri, text());
    const { name: user, password } = server.accounts.alice!;
    return client.request<PathView>('prosodist/path', { textDocument: { uri }, directory: true, user, password, ...more });
  };
  const saidBy = ({ stations }: PathView, station: string) =>
    stations
      .find(each => each.station === station)!
      .checks.map(({ text, why, help }) => [text, why, help].join(' '))
      .join('\n');
  const workspace = () => new Workspace({ 'prosody.cfg.lua': '' });
  const given = { capabilities: PULL, workspace };

  it(
    'sends no password in the clear, and names the setting that would',
    session(given, async (client, workspace) => {
      const path = await ask(client, workspace);
      assert.match(saidBy(path, 'directory'), /unless it is allowed to \(`prosodist\.allowPlaintext` in the settings\)/);
      assert.doesNotMatch(JSON.stringify(path), /--allow-plaintext/);
      assert.equal(path.stations.at(-1)!.state === 'green', false);
    }),
  ).timeout(30_000);

  it(
    'sends it where the setting says so',
    session({ ...given, settings: { allowPlaintext: true } }, async (client, workspace) => {
      const path = await ask(client, workspace);
      assert.match(saidBy(path, 'answer'), /Prosody lets this user in/);
      assert.doesNotMatch(JSON.stringify(path), new RegExp(server.accounts.alice!.password));
    }),
  ).timeout(30_000);

  it(
    'keeps to what the request says, before the setting',
    session({ ...given, settings: { allowPlaintext: true } }, async (client, workspace) => {
      const path = await ask(client, workspace, { allowPlaintext: false });
      assert.match(saidBy(path, 'directory'), /This check does not/);
    }),
  ).timeout(30_000);

  it(
    'tells what the directory is, and of the setting where it may not say who asks',
    session(given, async (client, workspace) => {
      const uri = workspace.uri('prosody.cfg.lua');
      await client.open(uri, text());
      const { dn: name, password } = server.service;
      const wish = { textDocument: { uri }, server: `ldap://${server.address}`, account: { name, password } };
      const { told } = await client.request<Suggestion>('prosodist/suggest', wish);
      assert.match(told.join('\n'), /or allow the password to be sent in clear \(`prosodist\.allowPlaintext` in the settings\)/);
    }),
  ).timeout(30_000);

  it(
    'is refused where the folder is not trusted, and not by the setting',
    session(
      { ...given, settings: { allowPlaintext: true }, initializationOptions: { trusted: false } },
      async (client, workspace) => {
        await assert.rejects(ask(client, workspace), /This workspace is not trusted/);
        await client.notify('prosodist/trusted', { trusted: true });
        assert.match(saidBy(await ask(client, workspace), 'answer'), /Prosody lets this user in/);
      },
    ),
  ).timeout(30_000);
});
