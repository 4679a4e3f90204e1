import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { decode, effective, lint, memoryFiles, parse, print } from '../../src/index.js';

const ENTRY = '/etc/prosody/prosody.cfg.lua';

/** [what it shows, dialect, text] */
const TEMPLATES: readonly (readonly [string, string, string])[] = [
  [
    'a value in a string',
    'go',
    'app_secret = "{{ .Env.JWT_APP_SECRET }}"\nVirtualHost "{{ .Env.XMPP_DOMAIN }}"\n    authentication = "token"\n',
  ],
  ['a value as an expression', 'go', 'VirtualHost "a.example"\n    smacks_max_unacked_stanzas = {{ .Env.STANZAS }}\n'],
  [
    'lines that may not be there',
    'go',
    '{{ if .Env.ENABLE_AUTH }}\nadmins = { "a@example.com" }\n{{ else }}\nadmins = { }\n{{ end }}\nVirtualHost "a.example"\n',
  ],
  [
    'a loop',
    'go',
    'VirtualHost "a.example"\nmodules_enabled = {\n  "bosh";\n{{ range $module := .Modules }}\n  "{{ $module }}";\n{{ end }}\n}\n',
  ],
  ['a value in a string', 'jinja', 'VirtualHost "{{ prosody_domain }}"\n    app_id = "{{ app_id | default(\'jitsi\') }}"\n'],
  [
    'lines that may not be there',
    'jinja',
    '{% if prosody_ldap %}\nauthentication = "ldap2"\nldap = { hostname = "{{ ldap_host }}"; user = { basedn = "{{ base }}"; usernamefield = "uid"; filter = "{{ filter }}" } }\n{% endif %}\nVirtualHost "a.example"\n{# a note #}\n',
  ],
  ['a value as an expression', 'jinja', '{% set port = 5280 %}\nhttp_ports = { {{ port }} }\nVirtualHost "a.example"\n'],
  ['lines and values', 'erb', '<% if @ldap %>\nauthentication = "ldap2"\n<% end %>\nVirtualHost "<%= @domain %>"\n'],
  [
    'names that a script replaces',
    'variables',
    'VirtualHost "__DOMAIN__"\n    ssl = { key = "/etc/prosody/certs/__DOMAIN__.key" }\n',
  ],
  ['variables of a shell', 'variables', 'VirtualHost "\u0024{XMPP_DOMAIN}"\n    app_secret = "\u0024{JWT_APP_SECRET}"\n'],
];

/** Lua that looks like a template. */
const PLAIN: readonly string[] = [
  't = {{1}, {2}}\nVirtualHost "a.example"\n',
  'log = {{ levels = { "error" }, to = "syslog" }}\n',
  'local t = setmetatable({}, { __index = function() end, __newindex = rawset })\n',
  'x = ("%s%%"):format("A")\ny = "costs $5"\n',
  'greeting = "<b>hello</b>"\n',
  'x = {{"a"}}\ny = {{a, b}}\nz = {{a}}\n',
  'x = "{{" .. name .. "}}"\n',
  'x = ("a"):match("{%w+%}")\ny = ("b"):gsub("<%s*%a+>", "%%")\n',
  '-- write {{ domain }} or __DOMAIN__ here\nadmins = { "$HOME", "<YOU>" }\n',
  'x = {#y}\nlocal __index = 1\n',
];

describe('templates', () => {
  for (const [title, kind, text] of TEMPLATES) {
    it(`${kind}: ${title}`, () => {
      const document = parse(text);
      assert.equal(document.template, kind);
      assert.deepEqual(document.problems, []);
      assert.equal(print(document), text);
      for (const { start, end, text: mark } of document.placeholders) assert.equal(text.slice(start, end), mark);
      assert.deepEqual(
        lint(memoryFiles({ [ENTRY]: text }), ENTRY, { complete: false }).findings.map(finding => finding.message),
        [],
      );
    });
  }

  it('what only a placeholder decides is unknown, with the placeholder as its reason', () => {
    const text =
      'app_id = "{{ .Env.APP_ID }}"\nc2s_ports = { {{ .Env.PORT }} }\n{{ if .Env.X }}\nadmins = { }\n{{ end }}\nuse_ipv6 = true\n';
    const { configuration } = lint(memoryFiles({ [ENTRY]: text }), ENTRY);
    const value = (name: string) => effective(configuration, '*', name)?.value;
    const id = value('app_id');
    assert.ok(id?.kind === 'unknown' && id.reason.includes('{{ .Env.APP_ID }}'));
    assert.equal(value('use_ipv6')?.kind, 'boolean');
    assert.ok(configuration.settings.find(setting => setting.name === 'admins')?.doubt);
  });

  it('plain Lua stays plain', () => {
    for (const text of PLAIN) {
      const document = parse(text);
      assert.deepEqual([document.template, document.placeholders, document.problems], [null, [], []], text);
    }
  });

  it('a real mistake in a template is found, at its place', () => {
    const text =
      '{% if x %}\nauthentication = "ldap2"\n{% endif %}\nssl = {\n  key = "a"\n  certificate = "b";\n}\nVirtualHost "{{ domain }}"\n';
    const [problem, ...more] = parse(text).problems;
    assert.deepEqual(more, []);
    assert.equal(text.slice(problem!.start, problem!.end), '"a"');
  });

  it('no truncation throws', () => {
    for (const [, , text] of TEMPLATES) {
      for (let length = 0; length <= text.length; length++) {
        const cut = text.slice(0, length);
        assert.equal(print(parse(cut)), cut);
        lint(memoryFiles({ [ENTRY]: cut }), ENTRY, { complete: false });
      }
    }
  }).timeout(60_000);
});

/** Marks of each dialect: a value, and the lines of a choice and a loop where it has them. */
const MARKS: readonly (readonly [string, string, (readonly [string, string, string, string])?])[] = [
  ['go', '{{ .Env.X }}', ['{{ if .A }}', '{{ else }}', '{{ end }}', '{{ range $i, $e := .L }}']],
  ['go', '{{- $X -}}', ['{{- if $A -}}', '{{- else -}}', '{{- end -}}', '{{- range .L -}}']],
  ['jinja', '{{ x | default("y") }}', ['{% if a == "b" %}', '{% else %}', '{% endif %}', '{% for i in l %}']],
  ['erb', "<%= @x['y'] %>", ['<% if @a -%>', '<% else -%>', '<% end -%>', '<% @l.each do |i| -%>']],
  ['variables', '__NAME__'],
  ['variables', '\u0024{NAME}'],
  ['variables', '%%NAME%%'],
  ['variables', '@NAME@'],
];

const POSITIONS: Readonly<Record<string, (value: string) => string>> = {
  'inside a string': value => `admins = { "a@${value}" }`,
  'inside a long string': value => `motd_text = [[a ${value} b]]`,
  'a whole expression': value => `use_ipv6 = ${value}`,
  'an operand': value => `motd_text = "a" .. ${value} .. "b"`,
  'a list entry': value => `admins = { "a@b", ${value}, "c@d" }`,
  'list entries without separators': value => `admins = {\n "a@b"\n ${value}\n "c@d"\n}`,
  'the first entry': value => `admins = { ${value} "c@d" }`,
  'the only entry': value => `admins = { ${value} }`,
  'two of them': value => `admins = { ${value}${value} }`,
  'a line of its own': value => `use_ipv4 = true\n${value}\nuse_ipv6 = true`,
  'a host': value => `VirtualHost "${value}"\n authentication = "internal_plain"`,
  'a part of a host': value => `Component "muc.${value}" "muc"`,
  'a host without quotes': value => `VirtualHost ${value}\n enabled = true`,
  'a part of a number': value => `c2s_ports = { 5${value} }`,
  'a name': value => `${value} = true`,
  'the key of an entry': value => `ssl = { ${value} = "a"; key = "b" }`,
  'an index': value => `ssl = { [${value}] = "a" }`,
  'an include': value => `Include "${value}/a.cfg.lua"`,
  'settings of LDAP': value => `ldap_base = "${value}"\nldap_server = "${value}"\nldap_filter = "(${value}"`,
};

const BLOCKS: Readonly<Record<string, (marks: readonly [string, string, string, string], value: string) => string>> = {
  'a choice of a value': ([when, otherwise, end]) => `use_ipv6 = ${when}true${otherwise}false${end}`,
  'a choice of a value over lines': ([when, otherwise, end]) => `use_ipv6 =\n ${when}\n true\n ${otherwise}\n false\n ${end}`,
  'a choice of an entry': ([when, otherwise, end]) => `admins = { ${when}"a@b"${otherwise}"c@d"${end} }`,
  'a choice of an argument': ([when, otherwise, end]) =>
    `modules_enabled = { (function() return "disco" end)(1, ${when}2${otherwise}3${end}) }`,
  'a choice inside a string': ([when, otherwise, end]) => `admins = { "${when}a${otherwise}b${end}@c" }`,
  'a choice of entries': ([when, otherwise, end]) =>
    `modules_enabled = {\n "bosh";\n ${when}\n "x";\n ${otherwise}\n "y"\n ${end}\n "smacks"\n}`,
  'a choice of keys': ([when, otherwise, end]) =>
    `ldap = {\n hostname = "a",\n ${when}\n use_tls = true,\n ${otherwise}\n use_tls = false,\n ${end}\n}`,
  'an option set in both branches': ([when, otherwise, end]) =>
    `${when}\nuse_ipv6 = true\n${otherwise}\nuse_ipv6 = false\n${end}`,
  'a choice of hosts': ([when, otherwise, end]) =>
    `${when}\nVirtualHost "a"\n enabled = false\n${otherwise}\nVirtualHost "b"\n${end}\nComponent "c" "muc"`,
  'a module that may be there': ([when, , end]) => `Component "c" ${when}"muc"${end}`,
  'inside a block of Lua': ([when, , end]) => `do\n ${when}\n use_ipv6 = true\n ${end}\nend`,
  'a loop over entries': ([, , end, loop], value) => `admins = {\n${loop}\n "${value}",\n${end}\n}`,
  'a loop with its own separators': ([when, , end, loop], value) => `admins = { ${loop}${when},${end}"${value}"${end} }`,
  'a loop over hosts': ([, , end, loop], value) => `${loop}\nVirtualHost "${value}"\n enabled = true\n${end}`,
  'an end that is missing': ([when]) => `${when}\nuse_ipv6 = true`,
  'an end too many': ([, , end]) => `use_ipv6 = true\n${end}`,
};

describe('a mark of a template', () => {
  for (const [kind, value, marks] of MARKS) {
    for (const [position, make] of Object.entries(POSITIONS))
      it(`${value}: ${position}`, () => isSilent(kind, `${make(value)}\n`));
    if (!marks) continue;
    for (const [position, make] of Object.entries(BLOCKS))
      it(`${marks[0]}: ${position}`, () => isSilent(kind, `${make(marks, value)}\n`));
  }

  it('a name that only a template has decides where the content does not', () => {
    const text = 'admins = { "$ADMIN_JID" }\nx = {{ domain }}\n';
    assert.equal(parse(text).template, null);
    assert.equal(parse(text, undefined, 'prosody.cfg.lua.j2').template, 'jinja');
    assert.equal(parse('VirtualHost "<DOMAIN>"\n', undefined, 'prosody.cfg.lua.template').template, 'variables');
  });

  it('what could be Lua is a template where it is not Lua otherwise', () => {
    assert.equal(parse('x = {{ domain }}\n').template, null);
    assert.equal(parse('x = {{ domain }}\n{{ more }}\n').template, 'jinja');
  });

  it('both branches are there, each with its doubt, and the option can be either', () => {
    const text = '{{ if .A }}\nuse_ipv6 = true\n{{ else }}\nuse_ipv6 = false\n{{ end }}\n';
    const { configuration } = lint(memoryFiles({ [ENTRY]: text }), ENTRY);
    assert.deepEqual(
      configuration.settings.map(({ doubt }) => doubt),
      ["the template's {{ if .A }}", "the template's {{ if .A }}"],
    );
    const value = effective(configuration, '*', 'use_ipv6')?.value;
    assert.ok(value?.kind === 'unknown' && value.choices?.length === 2);
  });

  it('a repair never writes over a mark', () => {
    const text = 'ssl = {\n  key = \u201c{{ .Key }}\u201d;\n}\n';
    for (const { repair } of parse(text).problems) assert.ok(!repair?.text.includes('__'));
  });

  it('many marks take no long time', () => {
    for (const text of [
      '{{ a '.repeat(30_000),
      '{% if a %}\nx = 1\n'.repeat(2000),
      '{{ .X }}'.repeat(20_000),
      '<% if a %>\n'.repeat(10_000),
    ]) {
      const before = performance.now();
      parse(text);
      assert.ok(performance.now() - before < 3000);
    }
  });
});

function isSilent(kind: string, text: string): void {
  const document = parse(text);
  assert.equal(document.template, kind);
  assert.deepEqual(document.problems, []);
  assert.equal(print(document), text);
  const { findings } = lint(memoryFiles({ [ENTRY]: text }), ENTRY, { complete: false });
  assert.deepEqual(
    findings.map(finding => finding.message),
    [],
  );
}

const corpus = new URL('../../../../../shared/corpus/', import.meta.url);
const present = existsSync(corpus);

describe(`templates of the corpus${present ? '' : ' (needs ../shared)'}`, () => {
  const rows = present ? readFileSync(new URL('manifest.tsv', corpus), 'utf8').trim().split('\n').slice(1) : [];
  const files = rows.map(row => {
    const [file = '', , path = '', , , kind = ''] = row.split('\t');
    return { path, kind, text: () => decode(readFileSync(new URL(`files/${encodeURIComponent(file)}`, corpus))) };
  });
  if (!present) it('are read');
  else {
    it('nearly all of them without a problem', () => {
      const templates = files.filter(file => file.kind !== 'plain-lua').map(file => parse(file.text(), undefined, file.path));
      const clean = templates.filter(document => document.problems.length === 0).length;
      const recognised = templates.filter(document => document.template).length;
      console.log(`      ${templates.length} templates: ${recognised} recognised, ${clean} without a problem`);
      assert.ok(clean >= templates.length * 0.95 && recognised >= templates.length * 0.95);
    });

    it('plain Lua stays plain', () => {
      for (const file of files.filter(({ kind }) => kind === 'plain-lua')) {
        assert.equal(parse(file.text(), undefined, file.path).template, null, file.path);
      }
    });
  }
});
