// The step with the directory's settings: a new file that is linked, or the settings that are there, changed.
import { baseName, type Configuration, effective, folderOf, normalize } from '../evaluate/index.js';
import type { Operation } from '../patch/index.js';
import { checkChoices, doubtsAbout, type Resolved } from './check-choices.js';
import { type CurrentLdap, currentLdap } from './current.js';
import { current, type Draft, isRefused, operate, type Refused, refuse, rewritten, takeForeign, textOf } from './draft.js';
import { USUAL_ATTRIBUTE } from './filters.js';
import { providerOf } from './hosts.js';
import { asTable, newSettingsFile } from './new-file.js';
import { isRead, readingOf, settingsFile } from './settings-file.js';
import { literalScope } from './settings-scope.js';
import type { LdapSetupWay, SetupStep } from './types.js';
import { passwordLiteral, relativePath, type Wanted, wantedSettings } from './wanted.js';

const WHY = 'Prosody asks the directory with them. The file holds a password, so only root and Prosody may read it.';

/** Settings that Prosody reads for the host, in the file that the tree's habits give them. */
export function settingsStep(draft: Draft, host: string, way: LdapSetupWay): SetupStep {
  const original = current(draft);
  const file = settingsFile(draft, original);
  const said: string[] = [];
  // one that waits in conf.avail counts once it is linked
  if (!currentLdap(original, host, way) && textOf(draft, file) !== undefined && !isRead(draft, original, file)) {
    const linked = operate(draft, 'settings', readingOf(draft, original, file));
    if (isRefused(linked)) return linked;
    said.push(...linked);
  }
  const moved = fromLdap2(draft, host, way);
  if (isRefused(moved)) return moved;
  said.push(...moved);
  const configuration = current(draft);
  const now = currentLdap(configuration, host, way);
  const { choices } = draft;
  const resolved = resolve(draft, now);
  const refusal = checkChoices(resolved, choices, way, draft.options);
  if (refusal) return refusal;
  draft.warnings.push(...doubtsAbout(resolved, way));
  const place = now ? placeOf(configuration, host, way) : readPath(draft, configuration, file);
  const secret = provideSecret(draft, place);
  if (isRefused(secret)) return secret;
  const password = passwordLiteral(choices, secret.path);
  const wanted = wantedSettings(resolved, choices, way, now, password);
  const done = write(draft, configuration, host, way, { file, wanted, now });
  if (isRefused(done)) return done;
  said.push(...secret.said, ...done);
  warnOfReaders(draft, host, way, said.length > 0);
  return said.length === 0
    ? {
        step: 'settings',
        status: 'done',
        what: `the directory's settings are in ${place}`,
        why: WHY,
        help: null,
        at: [],
        shown: [],
      }
    : { step: 'settings', status: 'todo', what: said.join('; '), why: WHY, help: null, at: [], shown: [] };
}

/** Settings for ldap2 that a host uses become those of mod_auth_ldap, with the same people. */
function fromLdap2(draft: Draft, host: string, way: LdapSetupWay): readonly string[] | Refused {
  const configuration = current(draft);
  const isOld =
    way === 'ldap' && providerOf(configuration, host) === 'ldap2' && currentLdap(configuration, host, 'ldap2') !== undefined;
  return isOld ? operate(draft, 'settings', [{ op: 'migrate.ldap', host }]) : [];
}

/** What was chosen, and for the rest what is there, or usual. */
function resolve({ choices }: Draft, now: CurrentLdap | undefined): Resolved {
  const server = choices.servers?.join(' ') ?? now?.server ?? '';
  // who names an encrypted server does not want StartTLS too
  const startTls = choices.startTls ?? (now?.startTls === true && !/\bldaps:/i.test(choices.servers?.join(' ') ?? ''));
  return {
    server,
    startTls,
    bindName: choices.bindName ?? now?.bindName ?? '',
    hasPassword: choices.password !== undefined || now?.hasPassword === true,
    base: choices.base ?? now?.base ?? '',
    attribute: choices.attribute ?? now?.attribute ?? USUAL_ATTRIBUTE,
  };
}

/** The file, as Prosody reads it, in which the settings stand. */
function placeOf(configuration: Configuration, host: string, way: LdapSetupWay): string {
  const names = way === 'ldap2' ? ['ldap'] : ['ldap_server', 'ldap_base', 'ldap_rootdn', 'ldap_filter'];
  return names.map(name => effective(configuration, host, name)?.setting.origin.file).find(one => one !== undefined)!;
}

/** Where Prosody will find a file: under the name of its link, where it gets one. */
function readPath(draft: Draft, configuration: Configuration, file: string): string {
  const link = readingOf(draft, configuration, file).find(operation => operation.op === 'enable.file');
  if (!link) return file;
  return normalize(`${folderOf(file)}../conf.d/${baseName(file)}`);
}

/** The file with the password alone, where that was chosen. */
function provideSecret(draft: Draft, place: string): { path: string; said: string[] } | Refused {
  const { password } = draft.choices;
  if (password?.kind !== 'file') return { path: '', said: [] };
  const file = normalize(password.file.startsWith('/') ? password.file : folderOf(draft.entry) + password.file);
  const before = textOf(draft, file);
  const path = password.file.startsWith('/') ? file : relativePath(place, file);
  if (password.value === undefined || before?.replace(/\r?\n[\s\S]*$/, '') === password.value)
    return before === undefined
      ? refuse('settings', `${file}, which shall hold the password, is not there`, 'Write the password into it, or give it here.')
      : { path, said: [] };
  takeForeign(draft, rewritten(file, before ?? null, `${password.value}\n`, true));
  return { path, said: [`${file} written, with the password`] };
}

interface Written {
  readonly file: string;
  readonly wanted: readonly Wanted[];
  readonly now: CurrentLdap | undefined;
}

function write(draft: Draft, configuration: Configuration, host: string, way: LdapSetupWay, { file, wanted, now }: Written) {
  if (now) {
    const scope = literalScope(configuration, host, way);
    return operate(
      draft,
      'settings',
      wanted.map(({ path, value }): Operation => ({ op: 'table.set', scope, path, value })),
    );
  }
  // operations name files from the entry's folder on
  const named = file.startsWith('/') ? file : relativePath(draft.entry, file);
  if (textOf(draft, file) !== undefined) {
    const into = { scope: 'global', file: named } as const;
    const operations: Operation[] =
      way === 'ldap'
        ? wanted.map(({ path, value }) => ({ op: 'set', ...into, name: String(path[0]), value }))
        : [{ op: 'set', ...into, name: 'ldap', value: asTable(wanted) }];
    return operate(draft, 'settings', operations);
  }
  const entry = configuration.documents.get(configuration.entry)?.text ?? '';
  const text = newSettingsFile(host, way, wanted, /\r\n/.test(entry) ? '\r\n' : '\n');
  const reading = readingOf(draft, configuration, file);
  const includes = reading.filter(({ op }) => op === 'ensure.include');
  const folders = includes.filter(operation => 'pattern' in operation && operation.pattern.includes('*'));
  return operate(draft, 'settings', [
    ...folders,
    { op: 'ensure.file', file: named, text, secret: true },
    ...reading.filter(operation => !folders.includes(operation)),
  ]);
}

/** Who else may read the password, and who else reads the settings. */
function warnOfReaders(draft: Draft, host: string, way: LdapSetupWay, changes: boolean): void {
  const configuration = current(draft);
  const file = placeOf(configuration, host, way);
  const mode = draft.overlay.files.stat(file)?.mode;
  if (mode !== undefined && (mode & 0o004) !== 0 && currentLdap(configuration, host, way)?.hasPassword)
    draft.warnings.push(`everybody on this machine can read ${file}, with the password in it: chown root:prosody and chmod 640`);
  const others = [...configuration.sections.values()].filter(
    ({ name, kind }) =>
      kind === 'host' &&
      name !== host &&
      effective(configuration, name, 'authentication')?.value.kind === 'string' &&
      currentLdap(configuration, name, way)?.inUse === true &&
      placeOf(configuration, name, way) === file,
  );
  if (changes && others.length > 0)
    draft.warnings.push(`${others.map(({ name }) => name).join(', ')} reads the same settings, so they change for it too`);
}
