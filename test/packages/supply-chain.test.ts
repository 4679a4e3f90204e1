import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { sbom } from '../../scripts/sbom.mjs';

/** What is inside of what is shipped: named, with its licence, and nothing that runs when it is installed. */

const top = fileURLToPath(new URL('../..', import.meta.url));
const dist = path.join(top, 'packages/cli/dist');

describe('the supply chain', () => {
  for (const [name, node] of [
    ['of the npm package', undefined],
    ['of the executable', '24.0.0'],
  ] as const)
    it(`the bill of materials ${name} is valid CycloneDX, the same each time, and complete`, async () => {
      const bill = sbom(node);
      const problems = await new Validation.JsonStrictValidator(Spec.Version.v1dot5).validate(JSON.stringify(bill));
      assert.deepEqual(problems, null);
      assert.deepEqual(sbom(node), bill);
      assert.equal(bill.metadata.component.name, 'prosodist');
      const refs = [bill.metadata.component.name, ...bill.components.map(each => each.name)];
      assert.equal(new Set(refs).size, refs.length);
      // every edge of the graph ends at something that is named, and everything that is named can be reached
      const named = new Set(bill.components.map(each => each['bom-ref']));
      const edges = new Map(bill.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
      const seen = new Set<string>([`prosodist@${bill.metadata.component.version}`]);
      for (const ref of seen) for (const to of edges.get(ref) ?? assert.fail(ref)) seen.add(to);
      assert.deepEqual([...seen].slice(1).sort(), [...named].sort());
      assert.equal(named.has('node@24.0.0'), node !== undefined);
    });

  it('what a bundle has of others comes with its licence, and is in the bill', () => {
    const known = new Set(sbom().components.map(({ name, version }) => `${name} ${version}`));
    const files = readdirSync(dist).filter(name => name.endsWith('.notices.txt'));
    const notices = files.flatMap(name =>
      readFileSync(path.join(dist, name), 'utf8')
        .split(/\n-{80}\n\n/)
        .filter(Boolean),
    );
    assert.ok(notices.length > 10);
    const inside = new Set<string>();
    for (const notice of notices) {
      const [, what, text] = /^(\S+ \S+) \((?:MIT|ISC|BSD-3-Clause|BSD-2-Clause|Apache-2\.0)\)\n\n([\s\S]+)/.exec(notice) ?? [];
      assert.match(text ?? '', /permission|redistribution|licen[cs]e/i, notice.slice(0, 60));
      assert.ok(known.has(what!), what);
      inside.add(what!.split(' ')[0]!);
    }
    for (const name of ['commander', 'luaparse', 'ldapts', 'vscode-languageserver']) assert.ok(inside.has(name), name);
  });

  it('no library that users get runs a script when it is installed, and each is known by its sum', () => {
    const lock = JSON.parse(readFileSync(path.join(top, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { hasInstallScript?: true; link?: true; integrity?: string }>;
    };
    const used = new Set(sbom().components.map(({ name }) => `node_modules/${name}`));
    const found = Object.entries(lock.packages).filter(([name]) => used.has(name.replace(/^packages\/[^/]+\//, '')));
    assert.ok(found.length > 10);
    for (const [name, { hasInstallScript, link, integrity }] of found) {
      assert.equal(hasInstallScript, undefined, name);
      if (!link) assert.match(integrity ?? '', /^sha512-/, name); // ours are links
    }
  });
});
