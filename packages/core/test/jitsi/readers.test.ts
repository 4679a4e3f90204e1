import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type JitsiSettings, readConfigScript, readEnvFile, readHocon } from '../../src/index.js';

/** Path → value, as a plain object. */
function values({ settings }: JitsiSettings): Record<string, string | null> {
  return Object.fromEntries([...settings.values()].map(({ path, value }) => [path, value]));
}

describe("Jitsi's other files", () => {
  it('jicofo.conf: nested objects, dotted names, both signs, comments, lists', () => {
    const read = readHocon(
      'jicofo {\n  // who\n  authentication: { enabled: true, type = XMPP, login-url: meet.example.org }\n' +
        '  xmpp.client.client-proxy = "focus.meet.example.org" # where\n  ports = [ 1,\n 2 ]\n  time = 24 hours\n}\n',
    );
    assert.equal(read.whole, true);
    assert.deepEqual(values(read), {
      'jicofo.authentication.enabled': 'true',
      'jicofo.authentication.type': 'XMPP',
      'jicofo.authentication.login-url': 'meet.example.org',
      'jicofo.xmpp.client.client-proxy': 'focus.meet.example.org',
      'jicofo.ports': null,
      'jicofo.time': '24 hours',
    });
  });

  it('jicofo.conf: substitutions and includes are not known, and the rest is read', () => {
    const read = readHocon('a = $\u007bx}\nb = $\u007b?y}"z"\ninclude "other.conf"\nc { d = 1 } \n');
    assert.equal(read.whole, false);
    assert.deepEqual(values(read), { a: null, b: null, 'c.d': '1' });
  });

  it('jicofo.conf: what cannot be read is said, the last one counts', () => {
    assert.equal(readHocon('a {\n').whole, false);
    assert.equal(readHocon('} b = 1').whole, false);
    assert.equal(readHocon('!!\na = 1\n').whole, false);
    assert.deepEqual(values(readHocon('a { b = 1 }\na.b = 2\n')), { 'a.b': '2' });
    assert.deepEqual(values(readHocon('a { b = 1 }\na = 2\n')), { a: '2' });
  });

  it('config.js: the literal, assignments, and what code sets', () => {
    const read = readConfigScript(
      "var config = {\n  hosts: {\n    domain: 'meet.example.org', // anonymousdomain: 'x'\n    muc: 'conference.' + subdomain + \"meet.example.org\",\n  },\n  p2p: { enabled: true },\n}\n" +
        "config.hosts.focus = 'focus.meet.example.org'\nconfig['bosh'] = '/http-bind';\nif (jaas) {\n  config.websocket = url();\n}\n",
    );
    assert.equal(read.whole, true);
    assert.deepEqual(values(read), {
      'hosts.domain': 'meet.example.org',
      'hosts.muc': 'conference.meet.example.org',
      'p2p.enabled': 'true',
      'hosts.focus': 'focus.meet.example.org',
      bosh: '/http-bind',
      websocket: null,
    });
  });

  it('config.js: whatever takes the whole of it may have changed it', () => {
    for (const code of ['extend(config);', 'Object.assign(config, other);', 'config[name] = 1;', 'var config = { ...defaults };'])
      assert.equal(readConfigScript(`var config = { a: 1 };\n${code}\n`).whole, false, code);
    for (const code of ['if (config.a) { b(); }', 'var other = "config";', 'window.config.a = 1;'])
      assert.equal(readConfigScript(`var config = { a: 1 };\n${code}\n`).whole, true, code);
  });

  it('.env: quotes, comments, variables', () => {
    const read = readEnvFile('# c\nA=1\nexport B = 2\nC="x y" # c\nD=\'$A\'\nE=$A\nF=\nG=a#b\n#H=1\nI=x # y\r\n');
    assert.deepEqual(values(read), { A: '1', C: 'x y', D: '$A', E: null, F: '', G: 'a#b', I: 'x' });
  });

  it('templates say nothing for certain', () => {
    for (const reader of [readHocon, readConfigScript, readEnvFile])
      assert.deepEqual(values(reader('A={{ .Env.A }}\nconfig.b = 1;\n')), {});
  });

  it('places are those of the text, for every text', () => {
    const piece = fc.constantFrom(
      ...[
        'a',
        'config',
        '.',
        '=',
        ':',
        '{',
        '}',
        '[',
        ']',
        '"',
        "'",
        '\n',
        ' ',
        '#',
        '//',
        '/*',
        '*/',
        '$\u007bx}',
        ',',
        ';',
        '1',
        '\\',
        '`',
        '+',
      ],
      ...['include ', 'var ', 'hosts', '"b"', 'jicofo', '\r\n', 'ü'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), pieces => {
        const text = pieces.join('');
        for (const reader of [readHocon, readConfigScript, readEnvFile]) {
          for (const { key, at, value } of reader(text).settings.values()) {
            assert.ok(0 <= key.start && key.start <= key.end && key.end <= text.length);
            assert.ok(0 <= at.start && at.start <= at.end && at.end <= text.length);
            assert.ok(value === null || value.length <= text.length);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('reads long files in no time', () => {
    const start = Date.now();
    readHocon(`a {\n${'  b { c = "d" }\n'.repeat(20_000)}}\n`);
    readConfigScript(`var config = {\n${"  a: 'b',\n".repeat(20_000)}};\n`);
    readHocon('{'.repeat(50_000));
    readConfigScript('{'.repeat(50_000));
    assert.ok(Date.now() - start < 5000);
  });
});
