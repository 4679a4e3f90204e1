import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownFolder } from './daemon.js';

/** The files of a certificate and of its key, in PEM. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

export interface CertificateWish {
  /** What it is for: DNS names and IP addresses, in the subject's alternative names; the first is the common name too. */
  readonly names: readonly string[];
  /** `expired`: it was good in 2020. */
  readonly period?: 'now' | 'expired';
  /** Signed by its own key and not by the authority. */
  readonly selfSigned?: boolean;
}

const config = (folder: string, names: readonly string[]) => `
[ca]
default_ca = authority
[authority]
new_certs_dir = ${folder}
database = ${folder}/index
rand_serial = yes
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
[req]
distinguished_name = subject
[subject]
[leaf]
basicConstraints = CA:FALSE
subjectAltName = ${names.map(name => `${/^[\d.]+$|:/.test(name) ? 'IP' : 'DNS'}:${name}`).join(',')}
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
`;

/** An authority that nobody trusts by itself, as that of a company: it makes certificates in a folder of this process. */
export class Authority {
  readonly #folder = ownFolder('certificates');
  #made = 0;

  constructor() {
    writeFileSync(join(this.#folder, 'config'), config(this.#folder, ['authority.example']));
    writeFileSync(join(this.#folder, 'index'), '');
    this.#openssl(
      'req -x509 -config config -extensions root -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -keyout ca.key -out ca.pem',
      '-subj',
      '/CN=Prosodist Test Authority',
    );
  }

  /** The file of its own certificate: what a client has to trust. */
  get file(): string {
    return join(this.#folder, 'ca.pem');
  }

  /** A certificate with its key. */
  make({ names, period = 'now', selfSigned = false }: CertificateWish): Certificate {
    const name = `leaf${this.#made++}`;
    writeFileSync(join(this.#folder, `${name}.config`), config(this.#folder, names));
    this.#openssl(
      `req -new -config ${name}.config -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ${name}.key -out ${name}.csr`,
      '-subj',
      `/CN=${names[0]}`,
    );
    const by = selfSigned ? `-selfsign -keyfile ${name}.key` : '-cert ca.pem -keyfile ca.key';
    const dates = period === 'now' ? '-days 3000' : '-startdate 20200101000000Z -enddate 20210101000000Z';
    this.#openssl(`ca -batch -notext -config ${name}.config -extensions leaf ${by} ${dates} -in ${name}.csr -out ${name}.pem`);
    return { certificate: join(this.#folder, `${name}.pem`), key: join(this.#folder, `${name}.key`) };
  }

  #openssl(words: string, ...more: string[]): void {
    const run = spawnSync('openssl', [...words.split(' '), ...more], { cwd: this.#folder, encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`openssl ${words}: ${run.error?.message ?? run.stderr}`);
  }
}

let shared: Authority | undefined;

/** The authority of this process; every server started here has its certificate from it unless asked otherwise. */
export function authority(): Authority {
  shared ??= new Authority();
  return shared;
}
