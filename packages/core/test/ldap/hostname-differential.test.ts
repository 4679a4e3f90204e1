import assert from 'node:assert/strict';
import { parseLdapHosts } from '../../src/ldap/index.js';
import { askLibldap, itWithLibldap, mutate, pick, seeded } from './libldap.js';

const SCHEMES = [
  '',
  '',
  'ldap://',
  'ldap://',
  'ldaps://',
  'LDAP://',
  'pldap://',
  'pldaps://',
  'ldapi://',
  'http://',
  'cldap://',
  'URL:ldap://',
  '<ldap://',
];
const HOSTS = ['dc1', 'dc1.corp.example', '10.0.0.1', '[::1]', '::1', '[::1', '', 'dc%31', 'localhost'];
const PORTS = ['', '', '', ':389', ':636', ':', ':abc', ':0', ':+5', ':38%39', ':1e'];
const ENDS = [
  '',
  '',
  '',
  '/',
  '/',
  '/dc=x',
  '/dc=x,dc=y',
  '?',
  '??sub',
  '/??sub',
  '/??bad',
  '/????',
  '/????x',
  '/?????',
  '>',
  '//',
];
const GAPS = [' ', ' ', ',', ', ', '\t', '\n', '  '];

/** What lualdap_open hands to ldap_initialize. */
function lualdap(text: string): string {
  return text.includes('://') ? text : text.replace(/[^ \t\n\v\f\r]+/g, 'ldap://$&');
}

describe('parseLdapHosts against the real libldap', () => {
  itWithLibldap('4000 generated server lists: the same verdict and the same servers', () => {
    const random = seeded(389);
    const texts: string[] = [];
    while (texts.length < 4000) {
      let text = pick(random, SCHEMES) + pick(random, HOSTS) + pick(random, PORTS) + pick(random, ENDS);
      while (random(3) === 0)
        text += pick(random, GAPS) + pick(random, SCHEMES) + pick(random, HOSTS) + pick(random, PORTS) + pick(random, ENDS);
      texts.push(random(4) === 0 ? mutate(random, text, [...' ,:/[]?<>a1%\t']) : text);
    }
    const answers = askLibldap('uri', texts.map(lualdap));
    texts.forEach((text, index) => {
      const read = parseLdapHosts(text);
      const answer = answers[index]!;
      // Lists that libldap takes although it can never connect: only our verdict on them is stricter.
      const taken = read.ok || read.problem.reply === "Can't contact LDAP server";
      assert.equal(taken, answer !== '-', `${JSON.stringify(text)} ${JSON.stringify(read)}`);
      if (!read.ok || read.hosts.some(host => host.scheme === 'ldapi')) return;
      const theirs = Buffer.from(answer.slice(1), 'hex')
        .toString('utf8')
        .split(' ')
        .map(url => url.replace(/^(\w+:\/\/[^/?]*).*$/, '$1'));
      const ours = read.hosts.map(
        host => `${host.scheme}://${/:.*:/.test(host.host) ? `[${host.host}]` : host.host}:${host.port}`,
      );
      assert.deepEqual(
        ours,
        theirs.map(url => url.replace(/:\/\/(:\d+)$/, '://localhost$1')),
        JSON.stringify(text),
      );
    });
  });
});
