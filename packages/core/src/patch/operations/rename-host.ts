import { baseName, type Configuration, folderOf, GLOBAL, normalize, type Origin, type Setting } from '../../evaluate/index.js';
import { nameprep } from '../../evaluate/prosody/nameprep.js';
import { readString, tokens } from '../../syntax/index.js';
import { applyEdits, type TextEdit } from '../../text/index.js';
import type { Changes, FileEdit, NewFile, NewLink } from '../change.js';
import { brokenFile, documentOf, prepared, unreadable, untouchable } from '../find.js';
import type { PatchContext, RenameHostOperation, Step } from '../operation.js';
import { isThere } from '../overlay.js';
import { referencesTo } from '../references.js';
import { already, changed, refused } from '../steps.js';

/**
 * Gives a virtual host or component another name. With `refs` also all that is named after it: the hosts below it
 * (`conference.…`), addresses of people and hosts in other options, certificates, and its own file with its link. Names
 * that only look alike, mail addresses and comments stay.
 */
export function renameHost(context: PatchContext, { host, to, refs = false }: Omit<RenameHostOperation, 'op'>): Step {
  const { configuration } = context;
  const stopped = unreadable(configuration);
  if (stopped) return stopped;
  const from = prepared(host);
  const name = nameprep(to);
  if (!name || !/^[^\s"'\\/@]+$/.test(to)) return refused('wrong-kind', `${to} is no name that Prosody takes for a host`);
  if (from === '') return refused('wrong-kind', 'a host without a name cannot be found in texts; change it by hand');
  if (from === GLOBAL) return refused('wrong-kind', '`VirtualHost "*"` opens the global section, which has no other name');
  const section = configuration.sections.get(from);
  const target = configuration.sections.get(name);
  const openings = section?.openings ?? [];
  if (openings.length === 0)
    return target && target.openings.length > 0
      ? already(
          `${name} has its name already`,
          target.openings.map(opening => opening.origin),
        )
      : refused('not-found', `there is no ${from} in this configuration`);
  if (from === name)
    return already(
      `${name} has its name already`,
      openings.map(opening => opening.origin),
    );
  const taken = refs ? below(configuration, from, name) : target?.openings.length ? [name] : [];
  if (taken.length > 0)
    return refused(
      'scope-conflict',
      `${taken.join(', ')} is there already`,
      openings.map(opening => opening.origin),
    );
  const edits: FileEdit[] = [];
  const sought = refs ? everywhere(configuration, from, to) : headers(configuration, from, to);
  for (const edit of sought) {
    const refusal = untouchable(configuration, edit, `the name ${from}`);
    if (refusal) return refusal;
    edits.push(edit);
  }
  const unnamed = openings.find(
    ({ nameOrigin }) =>
      !edits.some(edit => edit.file === nameOrigin.file && edit.start >= nameOrigin.start && edit.end <= nameOrigin.end),
  );
  if (unnamed) return refused('dynamic', `the name ${from} is computed; change it by hand`, [unnamed.nameOrigin]);
  const moved = refs ? moveFiles(context, from, name, edits) : { edits, creates: [], links: [] };
  if ('status' in moved) return moved;
  const left = refs ? [] : referencesTo(configuration, from);
  const rest =
    left.length > 0 ? `; ${[...new Set(left.map(reference => `\`${reference.name}\``))].join(', ')} still refer to it` : '';
  return changed(`${from} renamed to ${name}${rest}`, moved, [
    ...openings.map(opening => opening.origin),
    ...left.map(({ origin }) => origin),
  ]);
}

/** Names that would be there twice. */
function below({ sections }: Configuration, from: string, to: string): string[] {
  return [...sections.values()]
    .filter(section => section.openings.length > 0 && (section.name === from || section.name.endsWith(`.${from}`)))
    .map(section => section.name.slice(0, section.name.length - from.length) + to)
    .filter(name => (sections.get(name)?.openings.length ?? 0) > 0 && !name.endsWith(`.${from}`) && name !== from);
}

/** The names in the openings alone. */
function headers(configuration: Configuration, from: string, to: string): FileEdit[] {
  return (configuration.sections.get(from)?.openings ?? []).flatMap(({ nameOrigin }) => {
    const raw = documentOf(configuration, nameOrigin).text.slice(nameOrigin.start, nameOrigin.end);
    return inLiteral(raw, from, to).map(edit => moveTo(edit, nameOrigin.file, nameOrigin.start));
  });
}

/** All string literals of all files, comments and mail addresses left out. */
function everywhere(configuration: Configuration, from: string, to: string): FileEdit[] {
  const seen = new Set<unknown>();
  return [...configuration.documents].flatMap(([file, document]) => {
    if (seen.has(document)) return [];
    seen.add(document);
    const mail = configuration.settings.filter(setting => setting.origin.file === file && isMail(setting));
    return tokens(document.text)
      .filter(token => token.kind === 'string' && !token.flaw)
      .filter(token => !mail.some(({ origin }) => origin.start <= token.start && token.end <= origin.end))
      .flatMap(token =>
        inLiteral(document.text.slice(token.start, token.end), from, to).map(edit => moveTo(edit, file, token.start)),
      );
  });
}

/** A place in a string that names a host. */
export interface NamingPlace extends Origin {
  /** The whole name that it is a part of: `conference.meet.example.com` for the place of `meet.example.com`. */
  readonly word: string;
}

/** The places in all string literals that name a host or something below it: what renaming it with `refs` would change. */
export function placesNaming(configuration: Configuration, host: string): NamingPlace[] {
  if (host === '' || host === GLOBAL) return [];
  return everywhere(configuration, host, host).map(({ file, start, end }) => {
    const before = /[\w.-]*$/.exec(configuration.documents.get(file)!.text.slice(Math.max(0, start - 255), start))![0];
    return { file, start, end, word: before.toLowerCase() + host };
  });
}

function isMail({ name }: Setting): boolean {
  return /(?:^|_)(?:e?mail|smtp)(?:_|$)/.test(name);
}

function moveTo({ start, end, text }: TextEdit, file: string, by: number): FileEdit {
  return { file, start: start + by, end: end + by, text };
}

/** Files whose names end behind a host's name: not a longer name. */
const ENDINGS = /^\.(?:crt|key|pem|cer|cert|csr|cnf|chain|fullchain|p12|cfg\.lua|lua|json|conf|d|log)(?![\w-])/i;

/** The places in a string literal where the host, or a host below it, is named. */
function inLiteral(raw: string, from: string, to: string): TextEdit[] {
  const content = readString(raw);
  const text = content.value.toLowerCase();
  const edits: TextEdit[] = [];
  for (let at = text.indexOf(from); at >= 0; at = text.indexOf(from, at + 1)) {
    const before = text.slice(0, at);
    const behind = text.slice(at + from.length);
    if (/[\w-]$/.test(before) || /^[\w-]/.test(behind)) continue;
    if (/^\.[\w-]/.test(behind) && !ENDINGS.test(behind)) continue;
    if (/mailto:[^\s,]*$/.test(before)) continue;
    const start = content.sourceOffset(at);
    edits.push({ start, end: content.sourceOffset(at + from.length), text: to });
  }
  return edits;
}

/** A file that is named after the host gets the new name, and its link with it. */
function moveFiles({ files, configuration }: PatchContext, from: string, to: string, edits: readonly FileEdit[]): Changes | Step {
  const rest = [...edits];
  const creates: NewFile[] = [];
  const links: NewLink[] = [];
  const removes: string[] = [];
  for (const [read, document] of configuration.documents) {
    if (baseName(read).toLowerCase() !== `${from}.cfg.lua`) continue;
    const broken = brokenFile(configuration, read);
    if (broken) return broken;
    const path = normalize(read);
    const absolute = normalize(files.realPath(read));
    const real = asEntryIs(files, configuration.entry, absolute);
    const renamed = (one: string) => (baseName(one).toLowerCase() === `${from}.cfg.lua` ? `${folderOf(one)}${to}.cfg.lua` : one);
    for (const target of new Set([renamed(path), renamed(real)])) {
      if (target !== path && target !== real && isThere(files, target))
        return refused('exists', `${target} is there already`, [{ file: read, start: 0, end: 0 }]);
    }
    if (renamed(real) !== real) {
      const own = rest.filter(edit => normalize(files.realPath(edit.file)) === absolute);
      for (const edit of own) rest.splice(rest.indexOf(edit), 1);
      const mode = files.stat(real)?.mode;
      creates.push({ file: renamed(real), text: applyEdits(document.text, own), secret: mode === undefined || (mode & 4) === 0 });
      removes.push(real);
    }
    if (path === real) continue;
    removes.push(path);
    links.push({ path: renamed(path), target: relative(folderOf(path), renamed(real)) });
  }
  return { edits: rest, creates, links, ...(removes.length > 0 && { removes }) };
}

/** A real path as the entry file is named: a relative one where that is relative, so that links between the two can be written. */
function asEntryIs(files: PatchContext['files'], entry: string, real: string): string {
  if (entry.startsWith('/') || !real.startsWith('/')) return real;
  const named = folderOf(normalize(entry));
  const folder = files.realPath(named === '' ? '.' : named.slice(0, -1));
  return real.startsWith(`${folder}/`) ? named + real.slice(folder.length + 1) : real;
}

/** The way from a folder to a file, as it is written into a link. */
function relative(folder: string, file: string): string {
  const from = folder.split('/').filter(part => part !== '');
  const to = file.split('/').filter(part => part !== '');
  let common = 0;
  while (common < from.length && common < to.length - 1 && from[common] === to[common]) common++;
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/');
}
