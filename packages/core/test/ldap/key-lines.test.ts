import assert from 'node:assert/strict';
import { lineOf, parseKeyLines, saslSwitch } from '../../src/ldap/index.js';

describe('the small files beside Prosody', () => {
  it('SASL: a name in any case, a colon directly behind it, the rest of the line', () => {
    const text = '# a comment\r\n\r\nLDAP_Servers:  ldaps://dc1/ \r\nmech_list: PLAIN LOGIN\r\n';
    const { lines, bad } = parseKeyLines(text, 'sasl');
    assert.deepEqual(bad, []);
    assert.deepEqual(
      lines.map(({ key, value }) => [key, value]),
      [
        ['LDAP_Servers', 'ldaps://dc1/'],
        ['mech_list', 'PLAIN LOGIN'],
      ],
    );
    for (const line of lines) {
      assert.equal(text.slice(line.keyStart, line.keyEnd), line.key);
      assert.equal(text.slice(line.valueStart, line.valueEnd), line.value);
    }
  });

  it('SASL: what is no setting, and where', () => {
    const text = 'a = b\n  word\nkey:\nkey : value\nok: yes\n';
    const { lines, bad } = parseKeyLines(text, 'sasl');
    assert.deepEqual(
      bad.map(({ start, end, found }) => [text.slice(start, end), found]),
      [
        ['a = b', '='],
        ['word', ''],
        ['key:', ':'],
        ['key : value', ':'],
      ],
    );
    assert.deepEqual(
      lines.map(line => line.value),
      ['yes'],
    );
  });

  it('ldap.conf: a name in any case and blanks; the last line counts', () => {
    const file = parseKeyLines('tls_reqcert\tnever\n#TLS_CACERT x\nTLS_REQCERT demand\n', 'ldap.conf');
    assert.equal(lineOf(file, 'TLS_REQCERT', 'last')?.value, 'demand');
    assert.equal(lineOf(file, 'TLS_REQCERT', 'first')?.value, 'never');
    assert.equal(lineOf(file, 'TLS_CACERT', 'last'), undefined);
  });

  it('/etc/default: assignments of the shell, quotes taken away', () => {
    const text = 'START=yes # start it\nexport MECHANISMS="ldap pam"\nOPTIONS=\'-c\'\nEMPTY=\n';
    const { lines } = parseKeyLines(text, 'shell');
    assert.deepEqual(
      lines.map(({ key, value }) => [key, value]),
      [
        ['START', 'yes'],
        ['MECHANISMS', 'ldap pam'],
        ['OPTIONS', '-c'],
        ['EMPTY', ''],
      ],
    );
    for (const line of lines) assert.equal(text.slice(line.valueStart, line.valueEnd), line.value);
  });

  it('whatever the text, places are in it', () => {
    for (const text of ['', '\n', ':', '=', '#', ' : ', 'a:', '\r\r', 'é: ü', 'a:\0', "x='", 'a: b'.repeat(1000)])
      for (const format of ['sasl', 'ldap.conf', 'shell'] as const) {
        const { lines, bad } = parseKeyLines(text, format);
        for (const { keyStart, valueEnd } of lines) assert.ok(keyStart >= 0 && valueEnd <= text.length);
        for (const { start, end } of bad) assert.ok(start >= 0 && start < end && end <= text.length);
      }
  });

  it('yes and no, as saslauthd reads them', () => {
    assert.deepEqual(['no', '0', 'off', 'false'].map(saslSwitch), [false, false, false, false]);
    assert.deepEqual(['yes', '1', 'on', 'true'].map(saslSwitch), [true, true, true, true]);
    assert.deepEqual(['No', 'Yes', '2', ''].map(saslSwitch), [undefined, undefined, undefined, undefined]);
  });
});
