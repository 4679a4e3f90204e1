import { baseName, folderOf, globMatches, isGlob, normalize, resolveRelativePath } from '../../evaluate/index.js';
import { parse, readString } from '../../syntax/index.js';
import { editsOnly } from '../change.js';
import { disabledStatements } from '../disabled.js';
import { brokenFile, documentOf, unreadable } from '../find.js';
import { readAs } from '../insert.js';
import { quoted } from '../literal.js';
import { statementOf } from '../nodes.js';
import type { EnsureIncludeOperation, PatchContext, Step } from '../operation.js';
import { insertAbove } from '../placement.js';
import { lineBelow } from '../statement.js';
import { already, changed, refused } from '../steps.js';
import { quoteStyle } from '../style.js';

/**
 * An `Include` of a file or folder, however it is spelled: a commented one is used again, else it goes below the last
 * Include, or to the end of the file. Prosody reads what is included in the global section, wherever the Include stands.
 */
export function ensureInclude(context: PatchContext, { pattern, file }: Omit<EnsureIncludeOperation, 'op'>): Step {
  const { configuration, files } = context;
  const stopped = unreadable(configuration);
  if (stopped) return stopped;
  const into = file === undefined ? configuration.entry : readAs(configuration, files, file);
  if (into === undefined) return refused('not-found', `${file} is not read by this configuration`);
  const wanted = resolved(into, pattern);
  const same = configuration.includes.find(
    include =>
      normalize(include.path) === wanted ||
      (include.glob &&
        !isGlob(pattern) &&
        folderOf(normalize(include.path)) === folderOf(wanted) &&
        globMatches(baseName(include.path), baseName(wanted))),
  );
  if (same) return already(`${wanted} is included already`, [same.origin]);
  const missing = isGlob(pattern)
    ? !files.readDirectory(folderOf(wanted).replace(/(?!^)\/$/, '')).ok
    : !files.readFile(wanted).ok;
  if (missing)
    return refused(
      'not-found',
      `${isGlob(pattern) ? folderOf(wanted) : wanted} cannot be read, and Prosody would not start with an Include of it`,
      [{ file: into, start: 0, end: 0 }],
    );
  const broken = brokenFile(configuration, into);
  if (broken) return broken;
  const document = documentOf(configuration, { file: into });
  const disabled = disabledStatements(document).find(
    candidate => candidate.name === 'Include' && resolved(into, argument(candidate.source)) === wanted,
  );
  if (disabled)
    return changed(`the Include of ${wanted} uncommented`, editsOnly(disabled.enable.map(edit => ({ file: into, ...edit }))), [
      { file: into, start: disabled.start, end: disabled.end },
    ]);
  const line = `Include ${quoted(pattern, quoteStyle(document.text))}`;
  const last = configuration.includes
    .filter(include => include.origin.file === into)
    .map(include => statementOf(document, include.origin))
    .findLast(statement => statement?.node.type === 'CallStatement');
  const edit = last ? lineBelow(document, last, line) : insertAbove(document, document.text.length, line);
  return changed(`${line} added`, editsOnly([{ file: into, ...edit }]));
}

function resolved(file: string, pattern: string): string {
  return normalize(resolveRelativePath(folderOf(file), pattern));
}

/** The path of a commented Include. */
function argument(source: string): string {
  const node = parse(source).statements[0]?.node;
  const call = node?.type === 'CallStatement' ? node.expression : undefined;
  const path =
    call?.type === 'StringCallExpression' ? call.argument : call?.type === 'CallExpression' ? call.arguments[0] : undefined;
  return path?.type === 'StringLiteral' ? readString(path.raw).value : '';
}
