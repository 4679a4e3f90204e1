import { strict as assert } from 'node:assert';
import { signatureHelp } from '../src/index.js';
import { fixture, positionOf } from './fixture.js';

/** The call's label and the argument that is being written. */
function helpAt(source: string, prosody: '0.12' | '13.0' = '13.0'): string {
  const found = fixture(source, { prosody });
  const help = signatureHelp(found.tree, found.path, positionOf(found));
  if (!help) return '';
  const [signature] = help.signatures;
  const parameter = signature!.parameters![help.activeParameter ?? 0]!;
  const [start, end] = parameter.label as [number, number];
  return `${signature!.label} → ${signature!.label.slice(start, end)}`;
}

describe('signature help', () => {
  const cases: readonly (readonly [source: string, help: string])[] = [
    ['VirtualHost "<|>"', 'VirtualHost "name" → "name"'],
    ['VirtualHost <|>', 'VirtualHost "name" → "name"'],
    ['VirtualHost("<|>")', 'VirtualHost "name" → "name"'],
    ['Component "<|>" "muc"', 'Component "name" "module" → "name"'],
    ['Component "rooms" "mu<|>c"', 'Component "name" "module" → "module"'],
    ['Component "rooms" <|>\nstorage = "x"', 'Component "name" "module" → "module"'],
    ['Component("rooms", "<|>")', 'Component "name" "module" → "module"'],
    ['Include "conf.d/<|>', 'Include "path" → "path"'],
    ['ldap = { bind_password = FileLine("<|>") }', 'FileLine("path") → "path"'],
    ['component_secret = Credential "<|>"', 'Credential("name") → "name"'],
    ['VirtualHost "a"\n<|>', ''],
    ['storage = "<|>"', ''],
    ['-- VirtualHost "<|>"', ''],
    ['f("<|>")', ''],
  ];
  for (const [source, expected] of cases) it(JSON.stringify(source), () => assert.equal(helpAt(source), expected));

  it('knows what 0.12 has not', () => {
    assert.equal(helpAt('name = FileLine("<|>")', '0.12'), '');
    assert.equal(helpAt('Include "<|>"', '0.12'), 'Include "path" → "path"');
  });

  it('is plain for clients that show no more', () => {
    const found = fixture('Component "<|>"');
    const help = signatureHelp(found.tree, found.path, positionOf(found), { markdown: false });
    assert.doesNotMatch(JSON.stringify(help), /`|markdown/);
  });
});
