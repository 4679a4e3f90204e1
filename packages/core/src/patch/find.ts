// Where an operation works, or why it cannot.
import {
  type Configuration,
  GLOBAL,
  type Opening,
  type Option,
  type Origin,
  type Section,
  type Setting,
} from '../evaluate/index.js';
import { nameprep } from '../evaluate/prosody/nameprep.js';
import { type Document, placeholderIn } from '../syntax/index.js';
import { isPlain, statementOf } from './nodes.js';
import type { PatchContext, PatchScope, Step } from './operation.js';
import { refused } from './steps.js';

/** An option of a section: what holds, and every setting that made it so, oldest first. */
export interface Found {
  readonly section: Section;
  readonly option: Option | undefined;
  readonly settings: readonly Setting[];
}

export function isStep<Other extends object>(found: Other | Step): found is Step {
  return 'status' in found && 'changes' in found;
}

/** A name as Prosody prepares it; as it is written where Prosody would refuse it. */
export function prepared(name: string): string {
  return nameprep(name) ?? name.toLowerCase();
}

/** The name of the section that a scope means, prepared as Prosody prepares it. */
export function sectionName(scope: PatchScope): string {
  if (scope === 'global') return GLOBAL;
  return prepared('host' in scope ? scope.host : scope.component);
}

export function shownScope(scope: PatchScope): string {
  return scope === 'global' ? 'the global section' : sectionName(scope);
}

/** The section of a scope, or a refusal that says what is there instead. */
export function findSection({ configuration }: PatchContext, scope: PatchScope): Section | Step {
  const stopped = unreadable(configuration);
  if (stopped) return stopped;
  const name = sectionName(scope);
  const section = configuration.sections.get(name);
  if (scope === 'global') return section ?? refused('not-found', 'there is no global section');
  const [wanted, kind] = 'host' in scope ? (['host', 'virtual host'] as const) : (['component', 'component'] as const);
  if (!section || section.openings.length === 0) return noSection(configuration, kind, name);
  const at = section.openings.map(opening => opening.origin);
  if (section.kind !== wanted)
    return refused('wrong-kind', `${name} is a ${wanted === 'host' ? 'component' : 'virtual host'}, not a ${kind}`, at);
  return section;
}

function noSection(configuration: Configuration, kind: string, name: string): Step {
  const masked = configuration.openings.find(({ origin, nameOrigin }) => {
    const { placeholders } = configuration.documents.get(origin.file)!;
    return placeholderIn(placeholders, nameOrigin.start, nameOrigin.end);
  });
  if (masked)
    return refused('placeholder', `there is no ${kind} ${name}, unless a placeholder becomes its name`, [masked.nameOrigin]);
  return refused('not-found', `there is no ${kind} ${name} in this configuration`);
}

/** A refusal where the evaluation gave up, for nothing is certain then. */
export function unreadable({ stopped, entry, documents }: Configuration): Step | undefined {
  if (!documents.has(entry)) return refused('not-found', `${entry} cannot be read`);
  if (!stopped) return undefined;
  return refused(
    'dynamic',
    `the configuration cannot be followed to its end: ${stopped.reason}`,
    stopped.origin ? [stopped.origin] : [],
  );
}

/** An option in its section, or why it must not be touched: code may set it, or several files do. */
export function findOption(context: PatchContext, scope: PatchScope, name: string): Found | Step {
  const section = findSection(context, scope);
  if (isStep(section)) return section;
  const { configuration } = context;
  const option = section.options.get(name);
  const settings = configuration.settings.filter(setting => setting.scope === section.name && setting.name === name);
  if (settings.some(setting => setting.form === 'opening'))
    return refused('wrong-kind', `\`${name}\` is made by the opening of the section itself`, [settings[0]!.origin]);
  const doubtful = settings.find(setting => !isPlain(documentOf(configuration, setting.origin), setting));
  if (doubtful) return notPlain(configuration, doubtful);
  return ambiguousFiles(configuration, settings) ?? { section, option, settings };
}

function notPlain(configuration: Configuration, setting: Setting): Step {
  if (documentOf(configuration, setting.origin).template && setting.doubt !== undefined)
    return refused('placeholder', `\`${setting.name}\` stands between marks of the template that decide whether it is there`, [
      setting.origin,
    ]);
  return refused('dynamic', `\`${setting.name}\` is set by code that may not run, or more than once; change it by hand`, [
    setting.origin,
  ]);
}

/** Two files of one folder set it: which one wins is up to the file system. */
function ambiguousFiles(configuration: Configuration, settings: readonly Setting[]): Step | undefined {
  const last = settings.at(-1)?.origin.file;
  for (const { glob, files, path } of configuration.includes) {
    if (!glob || last === undefined || !files.includes(last)) continue;
    const inside = settings.filter(setting => files.includes(setting.origin.file));
    if (new Set(inside.map(setting => setting.origin.file)).size < 2) continue;
    const why = `several files of ${path} set \`${inside[0]!.name}\`, and the order in which Prosody reads them is not defined`;
    return refused(
      'ambiguous-file',
      why,
      inside.map(setting => setting.origin),
    );
  }
  return undefined;
}

export function documentOf(configuration: Configuration, { file }: { readonly file: string }): Document {
  return configuration.documents.get(file)!;
}

/** A refusal where a file does not parse: a place in it cannot be trusted. A byte order mark or a `#!` line harms none. */
export function brokenFile(configuration: Configuration, file: string): Step | undefined {
  const document = configuration.documents.get(file);
  if (!document) return refused('not-found', `${file} is not read by this configuration`);
  const problem = document.problems.find(({ lost }) => lost.start > 0 || !/^(?:\ufeff|#)/.test(document.text));
  return (
    problem &&
    refused('parse-error', `${file} is not valid Lua: ${problem.message}`, [{ file, start: problem.start, end: problem.end }])
  );
}

/** A refusal where a stretch of a file cannot be replaced by text: what a template will put there is not known. */
export function untouchable(configuration: Configuration, origin: Origin, what: string): Step | undefined {
  const broken = brokenFile(configuration, origin.file);
  if (broken) return broken;
  const mark = placeholderIn(documentOf(configuration, origin).placeholders, origin.start, origin.end);
  return mark && refused('placeholder', `${what} holds a placeholder of a template`, [origin]);
}

/** A refusal where a setting is not all of its statement, so that it cannot be taken away. */
export function sharedStatement(configuration: Configuration, setting: Setting): Step | undefined {
  if (setting.form === 'entry') return undefined;
  const node = statementOf(documentOf(configuration, setting.origin), setting.origin)?.node;
  const shared = node?.type === 'AssignmentStatement' && (node.variables.length > 1 || node.init.length > 1);
  return shared
    ? refused('computed-value', `the statement that sets \`${setting.name}\` sets more than it`, [setting.origin])
    : undefined;
}

/** The opening of a section behind which an option can be put: plainly there, in a file that parses. */
export function plainOpening(configuration: Configuration, section: Section): Opening | Step {
  const opening = section.openings.find(candidate => isPlain(documentOf(configuration, candidate.origin), candidate));
  if (opening) return brokenFile(configuration, opening.origin.file) ?? opening;
  const kind = section.kind === 'host' ? 'virtual host' : 'component';
  const at = section.openings.map(one => one.origin);
  const template = at.some(origin => documentOf(configuration, origin).template);
  return refused(template ? 'placeholder' : 'dynamic', `the ${kind} ${section.name} is opened by code that may not run`, at);
}
