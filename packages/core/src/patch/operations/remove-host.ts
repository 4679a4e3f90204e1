import { type Configuration, GLOBAL } from '../../evaluate/index.js';
import type { Statement } from '../../syntax/index.js';
import { lineEnd, lineStart, type TextEdit } from '../../text/index.js';
import { editsOnly } from '../change.js';
import { compose } from '../compose.js';
import { brokenFile, documentOf, prepared, unreadable } from '../find.js';
import { isPlain, statementOf } from '../nodes.js';
import type { PatchContext, RemoveHostOperation, Step } from '../operation.js';
import { isAlone, nextLine, owned } from '../owned.js';
import { type Reference, referencesTo } from '../references.js';
import { type Region, regionEnd, regionsOf } from '../sections.js';
import { removeLines, removeStatement } from '../statement.js';
import { already, changed, refused } from '../steps.js';
import { listRemove } from './list-remove.js';
import { unset } from './unset.js';

/**
 * Takes a virtual host or component away, wherever it is opened, with its options and the comments in between. What
 * refers to it is told, or goes too where the option, or an entry of its list, is the name.
 */
export function removeHost(context: PatchContext, { host, refs = false }: Omit<RemoveHostOperation, 'op'>): Step {
  const { configuration } = context;
  const stopped = unreadable(configuration);
  if (stopped) return stopped;
  const name = prepared(host);
  if (name === GLOBAL) return refused('wrong-kind', '`VirtualHost "*"` opens the global section, which cannot be taken away');
  const section = configuration.sections.get(name);
  const openings = section?.openings ?? [];
  const references = referencesTo(configuration, name);
  const goes = refs ? references.filter(reference => reference.kind !== 'inside') : [];
  if (openings.length === 0 && goes.length === 0) return already(`there is no ${name}`);
  const at = openings.map(opening => opening.origin);
  if (openings.some(opening => !isPlain(documentOf(configuration, opening.origin), opening)))
    return refused('dynamic', `${name} is opened by code that may not run`, at);
  const stays = references.filter(reference => !goes.includes(reference));
  const done = compose(context, [
    ...openings.map(() => (current: PatchContext) => removeLast(current, name)),
    ...goes.map(reference => (current: PatchContext) => removeReference(current, reference, name)),
  ]);
  if (done.status !== 'changed') return done;
  const gone = `${name} removed${goes.length > 0 ? `, and ${told(goes)}` : ''}`;
  const why = stays.length > 0 ? `${gone}; ${told(stays)} still refer${stays.length === 1 ? 's' : ''} to it` : gone;
  return changed(why, done.changes, [...at, ...stays.map(reference => reference.origin)]);
}

function told(references: readonly Reference[]): string {
  const names = references.map(({ scope, name }) => {
    const of = scope === 'global' ? 'the global section' : 'host' in scope ? scope.host : scope.component;
    return `\`${name}\` of ${of}`;
  });
  return [...new Set(names)].join(', ');
}

function removeReference(context: PatchContext, { scope, name, kind }: Reference, host: string): Step {
  const again = referencesTo(context.configuration, host).find(
    other => other.name === name && other.kind === kind && JSON.stringify(other.scope) === JSON.stringify(scope),
  );
  if (!again) return already('it is gone');
  if (kind === 'value') return unset(context, { scope, name });
  const { file, start, end } = again.origin;
  const raw = documentOf(context.configuration, { file }).text.slice(start, end);
  return listRemove(context, { scope, name, items: [{ raw }], dropEmpty: true });
}

/** Takes away the last opening of a section, and what stands in it. */
function removeLast({ configuration }: PatchContext, name: string): Step {
  const opening = configuration.sections.get(name)?.openings.at(-1);
  if (!opening) return already(`there is no ${name}`);
  const { file } = opening.origin;
  const broken = brokenFile(configuration, file);
  if (broken) return broken;
  const region = regionsOf(configuration, file).find(candidate => candidate.opening === opening);
  if (!region) return refused('dynamic', `${name} is opened by code`, [opening.origin]);
  const edits = removeRegion(configuration, region);
  if (!Array.isArray(edits)) return edits as Step;
  return changed(`${name} removed`, editsOnly(edits.map(edit => ({ file, ...edit }))), [opening.origin]);
}

function removeRegion(configuration: Configuration, region: Region): TextEdit[] | Step {
  const { document, start, limit, opening } = region;
  const { text } = document;
  const header = statementOf(document, opening.origin)!;
  if (opening.table) return [removeStatement(document, header)];
  const inside = document.statements.filter(statement => statement.start >= start && statement.start < limit);
  const own = inside.filter(statement => statement === header || isOwn(configuration, region, statement));
  const strange = inside.filter(statement => !own.includes(statement));
  const code = strange.find(statement => !isInclude(configuration, region, statement));
  if (code)
    return refused('dynamic', `there is code in ${opening.scope}; remove it by hand`, [
      { file: opening.origin.file, ...place(code) },
    ]);
  const end = regionEnd(region);
  const begins = text.slice(lineStart(text, start), start).trim() === '';
  if (strange.length === 0 && begins && end <= limit) return [removeLines(text, owned(document, header).start, end)];
  if (strange.length === 0) return [{ start, end: limit < text.length ? limit : owned(document, own.at(-1)!).end, text: '' }];
  return own.map(statement => {
    const { start: from, end: to } = owned(document, statement);
    return isAlone(text, statement.start, to)
      ? { start: from, end: nextLine(text, to), text: '' }
      : { start: statement.start, end: Math.min(to, lineEnd(text, to)), text: '' };
  });
}

function place({ start, end }: Statement) {
  return { start, end };
}

/** Whether a statement does nothing but set options of the section. */
function isOwn({ settings }: Configuration, { opening }: Region, statement: Statement): boolean {
  if (statement.node.type !== 'AssignmentStatement' && statement.node.type !== 'CallStatement') return false;
  const made = settings.filter(
    ({ origin }) => origin.file === opening.origin.file && origin.start >= statement.start && origin.end <= statement.end,
  );
  return made.length > 0 && made.every(setting => setting.scope === opening.scope && setting.form !== 'entry');
}

function isInclude({ includes }: Configuration, { opening }: Region, statement: Statement): boolean {
  return includes.some(
    ({ origin }) => origin.file === opening.origin.file && origin.start >= statement.start && origin.end <= statement.end,
  );
}
