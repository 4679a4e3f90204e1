import { findOption } from '../../catalog/index.js';
import { GLOBAL, type Origin, type Setting, type Value } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { isOnHere } from '../support/module-entries.js';
import { whole } from '../support/settings.js';
import { type System, systemOf } from '../support/system.js';

export const missingCertificateFile: Rule = {
  name: 'missing-certificate-file',
  severity: 'error',
  summary: 'A file of a certificate, key or authority that a setting names is not on this machine.',
  fixable: 'never',
  source:
    'core/certmanager.lua: find_cert, index_certs, create_context; util/sslconfig.lua; util/prosodyctl/check.lua, checks.certs',
  since: '0.1.0',
  reach: 'section',
  check: {
    setting(context, setting) {
      const files = filesOf(context, setting);
      if (files.length === 0) return;
      const system = systemOf(context);
      // in a part of a system, keys are missing because they are secret
      if (!system?.whole) return;
      const section = context.configuration.sections.get(setting.scope);
      if (!section || !whole(context, setting) || !isOnHere(context, section)) return;
      for (const file of files) check(context, system, file);
    },
  },
};

interface NamedFile {
  readonly what: string;
  readonly path: string;
  readonly at: Origin;
  /** Whether a folder will do. */
  readonly folder: boolean;
}

const KEYS = new Map([
  ['key', 'the key'],
  ['certificate', 'the certificate'],
  ['cafile', 'the file of authorities'],
  ['dhparam', 'the file of parameters'],
]);

function filesOf({ version }: RuleContext, { name, scope, value, valueOrigin }: Setting): NamedFile[] {
  if (value.kind === 'table' && findOption(name, version)?.type === 'ssl')
    return [...value.table.entries].flatMap(([key, entry]) => {
      const what = KEYS.get(String(key));
      return what ? named(what, entry.value, entry.value.origin ?? entry.origin ?? valueOrigin, false) : [];
    });
  if (name === 'certificates' && scope === GLOBAL) return named('the folder of certificates', value, valueOrigin, true);
  if (name !== 'certificate' && !name.endsWith('_certificate')) return [];
  if (value.kind !== 'table') return named('the certificate', value, valueOrigin, true);
  return [...value.table.entries.values()].flatMap(entry =>
    named('the certificate', entry.value, entry.value.origin ?? valueOrigin, true),
  );
}

function named(what: string, value: Value, at: Origin, folder: boolean): NamedFile[] {
  return value.kind === 'string' && value.value !== '' ? [{ what, path: value.value, at, folder }] : [];
}

/** Paths count from the folder of the main file. */
function check({ files, report }: RuleContext, system: System, { what, path, at, folder }: NamedFile): void {
  const full = path.startsWith('/') ? path : `/etc/prosody/${path.replace(/^\.\//, '')}`;
  const isFolder = !folder && files.stat(system.path(full))?.kind === 'directory';
  if (!isFolder && (!system.lacks(full) || files.stat(system.path(full)))) return;
  report({
    message: isFolder ? `${what} ${path} is a folder` : `${what} ${path} is not there`,
    why: folder
      ? 'Prosody looks for another one by the name of the host, and finds none or an old one; nothing is logged.'
      : 'Prosody logs "Failed to load" and offers no TLS with these settings: where encryption is required nobody can connect.',
    help: 'Correct the path, or put the file there; `prosodyctl --root cert import` does that, with the right permissions.',
    at,
  });
}
