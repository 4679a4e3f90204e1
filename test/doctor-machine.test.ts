import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { load, loginOf, loginPath, type MachineFacts, type PathStation } from '@prosodist/core';
import { diskFiles, hostLogin, inspectMachine, machineRootOf, serviceFacts } from '@prosodist/machine';
import { labsFolder } from './support/labs.js';
import { describeWith } from './support/needing.js';
import { inside, makeRoot, prosodyUser } from './support/prosody-root.js';

const HOST = 'meet.test';
const text = (provider: string) => `
modules_enabled = { "bosh"; "websocket"; "saslauth" }
consider_bosh_secure = true
consider_websocket_secure = true
VirtualHost "${HOST}"
    authentication = "${provider}"
    ldap = { hostname = "ldaps://dc1.corp.example"; bind_dn = "CN=a,DC=b"; bind_password = "Geheim-77";
        user = { basedn = "OU=Staff,DC=corp,DC=example"; usernamefield = "sAMAccountName"; filter = "(objectClass=user)" } }
    ldap_base = "OU=Staff,DC=corp,DC=example"
`;

/** A machine that a test may change; it is made anew from the installed tree. */
class TestMachine {
  root = '';
  constructor(
    readonly tree: string,
    readonly version: '0.12' | '13.0',
  ) {}

  get entry(): string {
    return join(this.root, 'etc/prosody/prosody.cfg.lua');
  }

  make(): void {
    this.root = makeRoot(this.tree, `doctor-${this.version}`);
    mkdirSync(join(this.root, 'var/lib/dpkg'), { recursive: true });
    copyFileSync(join(this.tree, 'var/lib/dpkg/status'), join(this.root, 'var/lib/dpkg/status'));
    this.write(this.entry, text('ldap2'));
    chmodSync(join(this.root, 'etc/prosody'), 0o755);
  }

  /** Takes files away; what comes back puts them there again. */
  hide(...paths: string[]): () => void {
    const moved = paths.map(path => [join(this.root, path), join(this.root, 'tmp', path.replaceAll('/', '_'))] as const);
    for (const [from, to] of moved) renameSync(from, to);
    return () => {
      for (const [from, to] of moved) renameSync(to, from);
    };
  }

  /** A compiled library of Lua 5.4, wherever it is. */
  libraries(name: string): string[] {
    const folders = readdirSync(join(this.root, 'usr/lib')).filter(folder => folder.includes('-linux-'));
    return folders.map(folder => `usr/lib/${folder}/lua/5.4/${name}.so`).filter(path => existsSync(join(this.root, path)));
  }

  change(act: (root: string) => void): void {
    act(this.root);
  }

  write(path: string, content: string): void {
    mkdirSync(join(path, '..'), { recursive: true });
    rmSync(path, { force: true });
    writeFileSync(path, content);
  }

  facts(provider: string): MachineFacts {
    return inspectMachine(this.configuration(provider), HOST, { root: this.root });
  }

  /** @param provider what the entry file shall say; @param written null to leave the file as it is */
  station(provider: string, name: PathStation['station'], written: string | null = text(provider)): PathStation {
    const configuration = this.configuration(provider, written);
    const machine = inspectMachine(configuration, HOST, { root: this.root });
    const login = loginOf(configuration, HOST);
    const path = loginPath({
      configuration,
      host: HOST,
      findings: [],
      login,
      offered: null,
      machine,
      steps: null,
      rehearsal: null,
    });
    return path.stations.find(({ station }) => station === name)!;
  }

  /** Who answers there, as every door of the program asks. */
  login(provider: string) {
    return hostLogin(this.configuration(provider), diskFiles(), HOST, this.root).login;
  }

  private configuration(provider: string, written: string | null = text(provider)) {
    if (written !== null && readFileSync(this.entry, 'utf8') !== written) writeFileSync(this.entry, written);
    return load(diskFiles(), this.entry, { prosody: this.version });
  }
}

for (const version of ['0.12', '13.0'] as const) {
  const tree = labsFolder(`prosody-${version}`);
  const lab: { tree: string } | { missing: string } =
    process.getuid?.() !== 0 || !existsSync(join(tree, 'etc/passwd'))
      ? { missing: `Prosody ${version} is not there: run test/labs/install-prosody.sh ${version} as root` }
      : { tree };
  describeWith(`doctor looks at a machine with Prosody ${version}`, lab, ({ tree }) => {
    const machine = new TestMachine(tree, version);
    before(() => machine.make());

    it('packages, Lua, modules, libraries and the account, as they are', () => {
      const facts = machine.facts('ldap2');
      const versionOf = (name: string) => facts.packages!.find(fact => fact.name === name)?.version;
      assert.ok(versionOf('prosody')?.startsWith(version));
      assert.ok(versionOf('lua-ldap'));
      assert.equal(versionOf('jicofo'), null);
      assert.deepEqual(facts.lua, { version: '5.4', from: '/usr/bin/prosody:1' });
      const files = facts.modules!.filter(({ module }) => module === 'auth_ldap2').map(({ path }) => path);
      assert.deepEqual(files, [
        '/usr/lib/prosody/modules/mod_auth_ldap2/mod_auth_ldap2.lua',
        '/usr/lib/prosody/modules/ldap.lib.lua',
      ]);
      assert.ok(
        facts.modules!.every(({ path }) => path !== null),
        JSON.stringify(facts.modules!.filter(({ path }) => path === null)),
      );
      assert.match(facts.libraries![0]!.path!, /\/lua\/5\.4\/lualdap\.so$/);
      assert.deepEqual(facts.account, {
        user: 'prosody',
        exists: true,
        groups: ['ssl-cert', 'prosody'].filter(name => facts.account!.groups.includes(name)),
      });
      assert.equal(machine.station('ldap2', 'module').state, 'green');
    });

    it('a library for another Lua only', () => {
      const back = machine.hide(...machine.libraries('lualdap'));
      const station = machine.station('ldap2', 'module');
      assert.equal(station.state, 'red');
      assert.ok(
        station.checks.some(({ text: said }) => /lualdap is not there for Lua 5\.4, only for Lua 5\.1, 5\.2, 5\.3/.test(said)),
      );
      back();
    });

    it('the part that ldap2 needs is missing', () => {
      const back = machine.hide('usr/lib/prosody/modules/ldap.lib.lua');
      const station = machine.station('ldap2', 'module');
      assert.ok(
        station.checks.some(({ state, text: said }) => state === 'red' && /^ldap\.lib\.lua is in none of the folders/.test(said)),
      );
      assert.equal(machine.login('ldap2').kind, 'fault');
      back();
      assert.equal(machine.login('ldap2').kind, 'directory');
    });

    it('a copy of the installer hides the module of the package', () => {
      machine.change(root =>
        machine.write(join(root, 'var/lib/prosody/custom_plugins/share/lua/5.4/mod_auth_ldap.lua'), '-- old'),
      );
      const facts = machine.facts('ldap').modules!.find(({ module }) => module === 'auth_ldap')!;
      assert.deepEqual(
        [facts.path, facts.hides],
        ['/var/lib/prosody/custom_plugins/share/lua/5.4/mod_auth_ldap.lua', '/usr/lib/prosody/modules/mod_auth_ldap.lua'],
      );
      assert.equal(machine.station('ldap', 'module').state, 'amber');
      rmSync(join(machine.root, 'var/lib/prosody/custom_plugins'), { recursive: true });
    });

    it('who may read the configuration: the group, the mode, and the folders above', () => {
      const entry = machine.entry;
      const { gid } = prosodyUser(tree);
      const readable = () => machine.facts('ldap2').files.find(({ path }) => path === '/etc/prosody/prosody.cfg.lua')!;
      chownSync(entry, 0, 0);
      chmodSync(entry, 0o640);
      assert.deepEqual([readable().readable, readable().open], [false, false]);
      assert.match(
        machine.station('ldap2', 'prosody').cause!.text,
        /Prosody may not read \/etc\/prosody\/prosody\.cfg\.lua \(640 root:root\)/,
      );
      chownSync(entry, 0, gid);
      assert.deepEqual([readable().readable, readable().open, readable().group], [true, false, 'prosody']);
      chmodSync(entry, 0o644);
      assert.equal(readable().open, true);
      chmodSync(join(machine.root, 'etc/prosody'), 0o700);
      assert.deepEqual([readable().readable, readable().open], [false, false]);
      chmodSync(join(machine.root, 'etc/prosody'), 0o755);
    });

    it('saslauthd: its settings, and a socket that is for the group sasl', () => {
      machine.change(root => {
        machine.write(join(root, 'etc/sasl/prosody.conf'), 'pwcheck_method: saslauthd\nmech_list: PLAIN\n');
        machine.write(join(root, 'etc/default/saslauthd'), 'START=no\nMECHANISMS="ldap"\n');
        machine.write(join(root, 'run/saslauthd/mux'), '');
        chmodSync(join(root, 'run/saslauthd'), 0o710);
        chmodSync(join(root, 'run/saslauthd/mux'), 0o777);
        chownSync(join(root, 'run/saslauthd'), 0, 45);
      });
      const facts = machine.facts('cyrus').saslauthd!;
      assert.deepEqual(
        [facts.start, facts.mechanisms, facts.application, facts.mechanismList, facts.socket, facts.reachable],
        ['no', 'ldap', '/etc/sasl/prosody.conf', 'PLAIN', '/run/saslauthd/mux', false],
      );
      assert.ok(
        machine.station('cyrus', 'module').checks.some(({ text: said }) => /may not use \/run\/saslauthd\/mux/.test(said)),
      );
      // the file is a link to that of the tree: another one takes its place
      const group = join(machine.root, 'etc/group');
      rmSync(group);
      writeFileSync(group, 'prosody:x:102:\nsasl:x:45:prosody\n');
      assert.equal(machine.facts('cyrus').saslauthd!.reachable, true);
      assert.equal(machine.facts('ldap2').saslauthd, null);
    });

    it('authorities that Prosody may not read', () => {
      machine.change(root => {
        machine.write(join(root, 'etc/ldap/ldap.conf'), 'TLS_CACERT /etc/ldap/ca.pem\n');
        machine.write(join(root, 'etc/ldap/ca.pem'), '-----BEGIN CERTIFICATE-----\n');
        chmodSync(join(root, 'etc/ldap/ca.pem'), 0o600);
      });
      assert.match(machine.station('ldap2', 'directory').cause!.text, /may not read \/etc\/ldap\/ca\.pem/);
      rmSync(join(machine.root, 'etc/ldap'), { recursive: true });
    });

    it('a running Prosody, and a configuration that was changed since', async function () {
      this.timeout(30_000);
      const prosody = spawn(
        ...inside(machine.root, prosodyUser(tree), '/usr/bin/prosody', '-F', '--config', '/etc/prosody/prosody.cfg.lua'),
        { stdio: 'ignore' },
      );
      try {
        const running = () => serviceFacts(machine.root)!.find(({ name }) => name === 'prosody')!;
        for (let tries = 0; tries < 100 && !running().running && prosody.exitCode === null; tries++)
          await new Promise(done => setTimeout(done, 50));
        assert.ok(running().running, `prosody ended with ${prosody.exitCode}`);
        assert.ok(Math.abs(running().since! - Date.now()) < 20_000, String(running().since));
        assert.equal(
          serviceFacts('/')!.find(({ name }) => name === 'prosody')!.running,
          false,
          'it is not a Prosody of this machine',
        );
        assert.equal(machine.station('ldap2', 'prosody').state, 'green');
        appendFileSync(machine.entry, '-- changed\n');
        const later = new Date(Date.now() + 10_000);
        utimesSync(machine.entry, later, later);
        assert.match(machine.station('ldap2', 'prosody', null).cause!.text, /was changed after Prosody was started/);
      } finally {
        prosody.kill('SIGKILL');
      }
    });
  });
}

describe('doctor: the machine of a configuration', () => {
  it('is what is above etc/prosody, where that is a system', () => {
    assert.equal(machineRootOf('/etc/prosody/prosody.cfg.lua'), '/');
    assert.equal(machineRootOf('/nowhere/etc/prosody/prosody.cfg.lua'), undefined);
    assert.equal(machineRootOf('/home/me/prosody.cfg.lua'), undefined);
  });
});
