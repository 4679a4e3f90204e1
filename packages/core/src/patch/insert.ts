import { type Configuration, folderOf, GLOBAL, normalize, type Section, type Setting } from '../evaluate/index.js';
import { type Document, placeholderIn } from '../syntax/index.js';
import { applyEdits, type TextEdit } from '../text/index.js';
import { editsOnly } from './change.js';
import { type Disabled, disabledStatements } from './disabled.js';
import { brokenFile, documentOf, isStep, plainOpening } from './find.js';
import type { LiteralStyle } from './literal.js';
import { isPlain } from './nodes.js';
import type { PatchContext, Placement, Step } from './operation.js';
import { insertGlobal, insertIntoSection } from './placement.js';
import { scopeAt } from './sections.js';
import { changed, refused } from './steps.js';
import { deeper, eolAt, styleOf } from './style.js';

interface Wish {
  readonly where?: Placement;
  readonly file?: string;
}

/**
 * Adds an option that a section does not have yet, at the place where a person would look for it.
 * @param value writes the value in the style of the file
 */
export function addOption(
  context: PatchContext,
  section: Section,
  name: string,
  value: (style: LiteralStyle) => string,
  { where, file }: Wish = {},
): Step {
  const { configuration } = context;
  const chosen = section.name === GLOBAL ? globalFile(context, name, file) : openingFor(context, section, name, file);
  if (isStep(chosen)) return chosen;
  const path = typeof chosen === 'object' && 'origin' in chosen ? chosen.origin.file : chosen.path;
  const broken = brokenFile(configuration, path);
  if (broken) return broken;
  const document = configuration.documents.get(path)!;
  const style = styleOf(document.text);
  const source = value(style);
  const write = (like: Setting | undefined) => assignmentLike(configuration, like, name, source);
  const edit =
    'origin' in chosen
      ? insertIntoSection(configuration, chosen, write, name, where)
      : insertGlobal(configuration, path, write, name, where);
  const refusal = insideControl(document, path, edit);
  if (refusal) return refusal;
  const indent = new RegExp(`(?:^|\n)([ \\t]*)${name}`).exec(edit.text)?.[1] ?? '';
  const step = deeper(document.text, indent).slice(indent.length);
  const laidOut = value({ ...style, lines: { indent, step, eol: eolAt(document.text, edit.start) } });
  const text = edit.text.replace(source, () => laidOut);
  const place = 'origin' in chosen ? [chosen.origin] : [];
  const shown = section.name === GLOBAL ? 'the global section' : section.name;
  return changed(`\`${name}\` added to ${shown}`, editsOnly([{ file: path, ...edit, text }]), place);
}

/** What a template may leave out is no place for anything new. */
export function insideControl({ controls, placeholders }: Document, file: string, { start, end }: TextEdit): Step | undefined {
  const control = controls.find(candidate => candidate.start < start && end < candidate.end);
  const mark = control ?? placeholderIn(placeholders, start - 1, end + 1);
  if (!mark || (!control && !(mark.start < start && end < mark.end))) return undefined;
  return refused('placeholder', `the place for it stands between marks of the template that decide whether it is there`, [
    { file, start: mark.start, end: mark.end },
  ]);
}

/** An assignment with the blanks around `=` and the `;` of another. */
function assignmentLike(configuration: Configuration, like: Setting | undefined, name: string, value: string): string {
  if (!like) return `${name} = ${value}`;
  const { text } = documentOf(configuration, like.origin);
  const between = text.slice(like.nameOrigin.end, like.valueOrigin.start);
  const ends = /^[ \t]*;/.test(text.slice(like.origin.end, like.origin.end + 20));
  return `${name}${/^ ?= ?$/.test(between) ? between : ' = '}${value}${ends ? ';' : ''}`;
}

/** The file of a global option: the one asked for, the entry, or where the globals are if the entry has none. */
function globalFile({ configuration, files }: PatchContext, name: string, file: string | undefined): { path: string } | Step {
  const { entry } = configuration;
  if (file !== undefined) {
    const read = readAs(configuration, files, file);
    return read === undefined ? refused('not-found', `${file} is not read by this configuration`) : { path: read };
  }
  const plain = configuration.settings.filter(
    setting =>
      setting.scope === GLOBAL && setting.form === 'assignment' && isPlain(documentOf(configuration, setting.origin), setting),
  );
  if (plain.length === 0 || plain.some(setting => setting.origin.file === entry)) return { path: entry };
  const others = new Set(plain.map(setting => setting.origin.file));
  const family = plain.find(setting => setting.name.split('_')[0] === name.split('_')[0]);
  return { path: family?.origin.file ?? (others.size === 1 ? [...others][0]! : entry) };
}

/** The path under which Prosody reads a file that is named relative to the entry file's folder. */
export function readAs(configuration: Configuration, files: PatchContext['files'], file: string): string | undefined {
  const path = absolutePath(configuration, file);
  const real = normalize(files.realPath(path));
  return [...configuration.documents.keys()].find(
    read => normalize(read) === normalize(path) || normalize(files.realPath(read)) === real,
  );
}

export function absolutePath({ entry }: Configuration, file: string): string {
  return normalize(file.startsWith('/') ? file : folderOf(entry) + file);
}

function openingFor({ configuration, files }: PatchContext, section: Section, name: string, file: string | undefined) {
  const plain = section.openings.filter(candidate => isPlain(documentOf(configuration, candidate.origin), candidate));
  if (file !== undefined) {
    const read = readAs(configuration, files, file);
    const there = plain.find(opening => opening.origin.file === read);
    return there ?? refused('not-found', `${section.name} is not opened in ${file}`);
  }
  const family = [...section.options.values()].find(
    ({ setting }) => setting.form === 'assignment' && setting.name.split('_')[0] === name.split('_')[0],
  )?.setting.origin;
  const near = family && plain.findLast(({ origin }) => origin.file === family.file && origin.start < family.start);
  return near ?? plainOpening(configuration, section);
}

/** Commented assignments of an option in a section, the plainest first. */
export function disabledOption(
  { configuration }: PatchContext,
  scope: string,
  name: string,
): { readonly file: string; readonly document: Document; readonly disabled: Disabled }[] {
  const found = [...configuration.documents].flatMap(([file, document]) =>
    disabledStatements(document)
      .filter(disabled => disabled.name === name && scopeAt(configuration, file, disabled.start) === scope)
      .map(disabled => ({ file, document, disabled })),
  );
  return [...found.filter(({ disabled }) => !disabled.prose), ...found.filter(({ disabled }) => disabled.prose)];
}

/** The text of comment lines without their marks. */
export function enabledText({ text }: Document, { start, end, enable }: Disabled): string {
  return applyEdits(
    text.slice(start, end),
    enable.map(edit => ({ start: edit.start - start, end: edit.end - start, text: edit.text })),
  );
}
