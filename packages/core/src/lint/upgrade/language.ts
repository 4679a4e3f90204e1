// What one Prosody's configuration language has and the other's has not: appending, `Lua.`, the bare names of Lua.
import {
  type Configuration,
  compare,
  type FileSystem,
  type LoadOptions,
  listEntries,
  load,
  type Origin,
  type Setting,
} from '../../evaluate/index.js';
import { editsOnly } from '../../patch/change.js';
import { changesOf, Overlay } from '../../patch/overlay.js';
import { plan } from '../../patch/plan.js';
import type { Finding, Fix } from '../../rules/finding.js';
import { ownership, tokens } from '../../syntax/index.js';
import { lineEnd, lineStart } from '../../text/index.js';

/** The two readings of one tree. */
export interface Readings {
  readonly files: FileSystem;
  readonly before: Configuration;
  readonly after: Configuration;
  readonly options: LoadOptions;
  /** False for a lone file, which others may complete. */
  readonly complete: boolean;
}

/** Warnings that only the target version gives when it reads the files, of those that no rule tells. */
export function newWarnings({ before, after }: Readings): Finding[] {
  const key = ({ text, origin }: Configuration['warnings'][number]) => JSON.stringify([text, origin]);
  const known = new Set(before.warnings.map(key));
  return after.warnings
    .filter(warning => !known.has(key(warning)) && !warning.text.includes('direct usage of the Lua API'))
    .map(({ text, origin }) => ({
      rule: 'load-warning',
      severity: 'warning',
      message: text.replace(/^.*?:\d+: /, ''),
      why: `Prosody ${after.version} warns of it each time it reads the configuration.`,
      help: 'Change the line.',
      at: origin,
      related: [],
      fix: null,
    }));
}

/** The way back for an error that only the older language makes; null where there is not one right answer. */
export function fixOfError(readings: Readings, { at }: Finding): (() => Fix | null) | null {
  const { before, after } = readings;
  const source = sourceAt(after, at);
  if (/^Lua\.[A-Za-z_]\w*/.test(source)) return () => withoutPrefix(after, at.file);
  const starts = ({ form, origin }: Setting) => form === 'append' && origin.file === at.file && origin.start === at.start;
  const appended = before.settings.find(starts);
  return appended ? () => joined(readings, appended) : null;
}

/** All of a file: where a value is not known, Prosody may or may not come to the second one of a line. */
function withoutPrefix({ documents }: Configuration, file: string): Fix {
  const { text } = documents.get(file)!;
  const all = tokens(text).filter(({ kind }) => kind !== 'comment');
  const source = (at: number) => (all[at] ? text.slice(all[at].start, all[at].end) : '');
  const edits = all.flatMap(({ start }, at) =>
    source(at) === 'Lua' && source(at + 1) === '.' && !/^[.:]$/.test(source(at - 1))
      ? [{ file, start, end: all[at + 1]!.end, text: '' }]
      : [],
  );
  return { title: 'Leave `Lua.` out', safety: 'safe', ...editsOnly(edits) };
}

/** A statement that appends, with what it adds. */
interface Appending {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly items: readonly string[];
  readonly hasComment: boolean;
}

/** Everything that is appended to an option, written into the list itself: at once, so that the order stays. */
function joined({ files, before, options }: Readings, { scope, name }: Setting): Fix | null {
  const all = before.settings.filter(setting => setting.form === 'append' && setting.scope === scope && setting.name === name);
  const found = all.map(setting => appendingOf(before, setting));
  const statements = found.filter(statement => statement !== null);
  if (statements.length < found.length) return null;
  const overlay = new Overlay(files);
  overlay.apply(editsOnly(statements.map(({ file, start, end }) => ({ file, start, end, text: '' }))));
  const section = before.sections.get(scope);
  const at = section?.kind === 'global' ? 'global' : section?.kind === 'component' ? { component: scope } : { host: scope };
  const items = statements.flatMap(statement => statement.items);
  const planned = plan(overlay.files, before.entry, [{ op: 'list.add', scope: at, name, items }], {
    ...options,
    prosody: before.version,
  });
  if (!planned.ok) return null;
  overlay.apply(changesOf(planned));
  const changes = overlay.changes();
  if (changes.creates.length + changes.links.length + (changes.removes?.length ?? 0) > 0) return null;
  // code between the list and what is appended may have looked at it
  if (compare(before, load(overlay.files, before.entry, { ...options, prosody: before.version })).length > 0) return null;
  const safety = statements.some(({ hasComment }) => hasComment) ? 'unsafe' : 'safe';
  return { title: `Write the entries into the list of \`${name}\``, safety, ...changes };
}

/** Null where it does not stand alone at the top of its file, or what it adds is not written out in it. */
function appendingOf({ documents }: Configuration, { origin, valueOrigin, value, doubt }: Setting): Appending | null {
  const document = documents.get(origin.file);
  const statement = document?.statements.find(
    ({ start, end, node }) => start <= origin.start && origin.end <= end && node.type === 'CallStatement',
  );
  if (!document || !statement || value.kind !== 'table' || doubt !== undefined) return null;
  if (valueOrigin.file !== origin.file || valueOrigin.start < statement.start || valueOrigin.end > statement.end) return null;
  const inside = (place: Origin | null) =>
    place?.file === valueOrigin.file && place.start >= valueOrigin.start && place.end <= valueOrigin.end;
  const entries = listEntries(value).filter(entry => inside(entry.origin));
  const items = entries.flatMap(entry => (entry.value.kind === 'string' ? [entry.value.value] : []));
  if (items.length === 0 || items.length !== entries.length) return null;
  const { text } = document;
  const start = lineStart(text, statement.start);
  const owned = ownership(document, statement.start, statement.end);
  const end = lineEnd(text, owned.end);
  // what else stands on the lines belongs to somebody
  if (text.slice(start, statement.start).trim() !== '' || text.slice(owned.end, end).trim() !== '') return null;
  const hasComment = owned.trailing !== null || text.slice(statement.start, statement.end).includes('--');
  return { file: origin.file, start, end: Math.min(text.length, end + (text[end] === '\r' ? 2 : 1)), items, hasComment };
}

function sourceAt(configuration: Configuration, { file, start, end }: Origin): string {
  return configuration.documents.get(file)?.text.slice(start, end) ?? '';
}
