import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { nearestNames } from '@prosodist/core';
import { FORMATS, type FormatName } from '../formats/index.js';
import type { Report } from '../formats/report.js';
import type { Io } from '../io.js';
import { CommandError } from '../status.js';
import { chunk } from '../visible.js';

/** One format, and where it goes: a file, or standard output. */
export interface Output {
  readonly format: FormatName;
  readonly file: string | null;
}

/**
 * What `--format` and `--output-file` ask for: `--format sarif=out.sarif --format text`.
 * @throws CommandError for a format that there is not, and for two that go to one place
 */
export function outputsOf(formats: readonly string[] = [], outputFile: string | undefined): Output[] {
  const outputs = (formats.length > 0 ? formats : ['text']).map(output);
  const open = outputs.filter(({ file }) => file === null);
  if (outputFile !== undefined && open.length === 0)
    throw new CommandError('--output-file has nothing to write: every --format has a file of its own');
  const all = outputs.map(({ format, file }) => ({ format, file: file ?? outputFile ?? null }));
  const places = all.map(({ file }) => file);
  const twice = places.find((place, at) => places.indexOf(place) !== at);
  if (twice !== undefined)
    throw new CommandError(
      `two formats cannot both go to ${twice ?? 'standard output'}; name a file for one: --format ${all[1]!.format}=FILE`,
    );
  return all;
}

function output(text: string): Output {
  const at = text.indexOf('=');
  const name = at < 0 ? text : text.slice(0, at);
  const file = at < 0 ? null : text.slice(at + 1);
  if (file === '') throw new CommandError(`--format ${text} names no file behind the equals sign`);
  if (Object.hasOwn(FORMATS, name)) return { format: name as FormatName, file };
  const near = nearestNames(name, Object.keys(FORMATS));
  const hint = near.length > 0 ? `did you mean ${near.join(' or ')}?` : `there are ${Object.keys(FORMATS).join(', ')}`;
  throw new CommandError(`there is no format \`${name}\`; ${hint}`);
}

/** Prints a report in each format. Files get no colours. @throws CommandError when a file cannot be written */
export function print({ stdout, cwd }: Io, outputs: readonly Output[], report: Report, plain: Report['colours']): void {
  for (const { format, file } of outputs) {
    if (file === null) stdout.write(chunk(FORMATS[format](report)));
    else writeOutput(resolve(cwd, file), file, FORMATS[format]({ ...report, colours: plain }));
  }
}

/** Writes a file that a command makes beside its work. @param name as the user wrote it */
export function writeOutput(path: string, name: string, text: string): void {
  try {
    writeFileSync(path, chunk(text));
  } catch (error) {
    throw new CommandError(`${name} cannot be written: ${error instanceof Error ? error.message : String(error)}`, undefined, {
      cause: error,
    });
  }
}
