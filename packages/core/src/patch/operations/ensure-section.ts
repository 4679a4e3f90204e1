import type { Configuration, Section } from '../../evaluate/index.js';
import { nameprep } from '../../evaluate/prosody/nameprep.js';
import { editsOnly } from '../change.js';
import { compose } from '../compose.js';
import { brokenFile, documentOf, isStep, plainOpening, unreadable } from '../find.js';
import { readAs } from '../insert.js';
import { flawOf, literal } from '../literal.js';
import type { EnsureComponentOperation, EnsureHostOperation, PatchContext, PatchScope, Step } from '../operation.js';
import { type Region, regionEnd, regionsOf } from '../sections.js';
import { already, changed, refused } from '../steps.js';
import { deeper, eolAt, indentOf, styleOf } from '../style.js';
import { globalOnly, set } from './set.js';

type Wanted = Omit<EnsureHostOperation, 'op'> & Pick<EnsureComponentOperation, 'module'>;

/**
 * A virtual host or component that has these options. What is there already stays: of a section that exists, only the
 * options come to be that it lacks. A new one goes behind the section that `after` names, else to the end of the file
 * that has its kin.
 */
export function ensureSection(context: PatchContext, kind: Section['kind'], wanted: Wanted): Step {
  const { configuration } = context;
  const { host, options = {}, module } = wanted;
  const name = nameprep(host);
  if (!name) return refused('wrong-kind', `${host} is no name that Prosody takes for a ${kind}`);
  const stopped = unreadable(configuration);
  if (stopped) return stopped;
  for (const [option, value] of Object.entries(options)) {
    const flaw = flawOf(value);
    if (flaw !== undefined) return refused('wrong-kind', `\`${option}\`: ${flaw}`);
    const misplaced = globalOnly(context, { host }, option);
    if (misplaced) return misplaced;
  }
  const section = configuration.sections.get(name);
  if (!section || section.openings.length === 0) return newSection(context, kind, name, wanted);
  const clash = difference(section, kind, module);
  if (clash) return clash;
  const opening = plainOpening(configuration, section);
  if (isStep(opening)) return opening;
  const scope: PatchScope = kind === 'host' ? { host: name } : { component: name };
  const done = compose(
    context,
    Object.entries(options).map(
      ([option, value]) =>
        (current: PatchContext) =>
          set(current, { scope, name: option, value, create: 'only' }),
    ),
  );
  if (done.status === 'already') return already(`${name} is there already`, [opening.origin]);
  return done.status === 'refused' ? done : changed(`${name} completed: ${done.why}`, done.changes, done.at);
}

/** Why a section that is there cannot be the wanted one. */
function difference({ name, kind, options, openings }: Section, wanted: Section['kind'], module: string | undefined) {
  const at = openings.map(opening => opening.origin);
  if (kind !== wanted)
    return refused(
      'scope-conflict',
      `${name} is there as a ${kind === 'host' ? 'virtual host' : 'component'}; Prosody takes a name for one of them only`,
      at,
    );
  const own = options.get('component_module')?.value;
  if (module === undefined || (own?.kind === 'string' && own.value === module)) return undefined;
  const shown = own?.kind === 'string' ? own.value : 'one that is not known';
  return refused('scope-conflict', `${name} is there with another module (${shown}); \`component.module\` changes it`, at);
}

function newSection(context: PatchContext, kind: Section['kind'], name: string, wanted: Wanted): Step {
  const { configuration } = context;
  const place = placeOf(context, name, wanted);
  if (isStep(place)) return place;
  const { file, behind } = place;
  const broken = brokenFile(configuration, file);
  if (broken) return broken;
  const document = documentOf(configuration, { file });
  const { text } = document;
  const eol = eolAt(text, behind ? behind.start : text.length);
  const regions = regionsOf(configuration, file);
  const block = write(configuration, kind, wanted, {
    text,
    eol,
    like: behind ?? regions.at(-1),
    table: behind?.opening.table !== null && behind !== undefined,
  });
  const why = `${kind === 'host' ? 'virtual host' : 'component'} ${name} added`;
  const edit = (start: number, written: string) =>
    changed(why, editsOnly([{ file, start, end: start, text: written }]), behind ? [behind.opening.origin] : []);
  if (behind && (behind.limit < text.length || behind.opening.table)) {
    const end = regionEnd(behind);
    // where sections follow each other without a blank line, it does so too
    const apart = /^\r?\n[ \t]*\S/.test(text.slice(end)) ? '' : eol;
    return end > behind.limit ? edit(behind.limit, `${eol}${block}${eol}`) : edit(end, `${eol}${apart}${block}`);
  }
  if (text.trim() === '' || text === '\ufeff') return edit(text.length, `${block}${eol}`);
  if (!text.endsWith('\n')) return edit(text.length, `${eol}${eol}${block}`);
  // a file that ends in a blank line goes on doing so
  return edit(text.length, /\n\r?\n$/.test(text) ? `${block}${eol}${eol}` : `${eol}${block}${eol}`);
}

/** The file for a new section, and the region behind which it goes. */
function placeOf(context: PatchContext, name: string, { after, file }: Wanted): { file: string; behind?: Region } | Step {
  const { configuration, files } = context;
  const asked = file === undefined ? undefined : readAs(configuration, files, file);
  if (file !== undefined && asked === undefined) return refused('not-found', `${file} is not read by this configuration`);
  const neighbour = after === undefined ? undefined : configuration.sections.get(nameprep(after) ?? after);
  const opening = neighbour?.openings.findLast(
    candidate => candidate.doubt === undefined && (asked ?? candidate.origin.file) === candidate.origin.file,
  );
  const behind = opening && regionsOf(configuration, opening.origin.file).find(region => region.opening === opening);
  if (behind) return { file: behind.opening.origin.file, behind };
  return { file: asked ?? kinsFile(configuration, name) };
}

/** The file of the section that has most of the name's end in common; the entry file, where no one has. */
function kinsFile({ openings, entry }: Configuration, name: string): string {
  const labels = name.split('.').reverse();
  let best = {
    file: openings.some(({ origin }) => origin.file === entry) ? entry : (openings.at(-1)?.origin.file ?? entry),
    shared: 1,
  };
  for (const { scope, origin } of openings) {
    const others = scope.split('.').reverse();
    const shared = labels.findIndex((label, index) => others[index] !== label);
    const count = shared < 0 ? labels.length : shared;
    // the top-level domain alone makes no family
    if (count > best.shared) best = { file: origin.file, shared: count };
  }
  return best.file;
}

function write(
  configuration: Configuration,
  kind: Section['kind'],
  { host, module, options = {} }: Wanted,
  { text, eol, like, table }: { text: string; eol: string; like: Region | undefined; table: boolean },
): string {
  const style = styleOf(text);
  const own =
    like &&
    configuration.settings.find(
      ({ origin, form, scope }) =>
        form === 'assignment' &&
        scope === like.opening.scope &&
        origin.file === like.opening.origin.file &&
        origin.start > like.start,
    );
  const outer = like ? indentOf(like.document, like) : '';
  const indent = own && like ? indentOf(like.document, own.origin) : deeper(text, outer);
  const step = deeper(text, indent).slice(indent.length);
  const header = `${outer}${kind === 'host' ? 'VirtualHost' : 'Component'} ${literal(host, style)}${module === undefined ? '' : ` ${literal(module, style)}`}`;
  const lines = Object.entries(options).map(
    ([name, value]) => `${indent}${name} = ${literal(value, { ...style, lines: { indent, step, eol } })}`,
  );
  if (!table) return [header, ...lines].join(eol);
  if (lines.length === 0) return `${header} { }`;
  return [`${header} {`, ...lines.map(line => `${line}${style.separator}`), `${outer}}`].join(eol);
}
