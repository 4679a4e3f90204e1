// The steps of a plan, as people read them.
import { positionAt, type SetupPlan, type SetupStatus, type SetupStep } from '@prosodist/core';
import { displayPath } from '../../change.js';
import type { Context, Target } from '../../context.js';
import { fileDiff } from '../../diff.js';
import { linesOf } from '../../lines.js';
import { visible, wrap } from '../../visible.js';

const SHOWN: Readonly<Record<SetupStatus, string>> = { done: 'done', todo: 'to do', told: 'by you', refused: 'refused' };

/** The guide's numbers: a plan that is refused has not all of them. */
const ORDER: readonly SetupStep['step'][] = ['packages', 'trust', 'settings', 'host', 'guests', 'secure', 'jitsi', 'restart'];

/** The plan on standard error: standard output is for the diff, which `patch` takes. */
export function tellSteps(context: Context, target: Target, plan: SetupPlan): void {
  const { io, secrets, colours, width } = context;
  const paint = { done: colours.green, todo: colours.cyan, told: colours.yellow, refused: colours.red };
  const lines = [colours.bold(plan.host === null ? 'LDAP' : `LDAP for ${visible(plan.host)}, by mod_auth_${plan.way}`), ''];
  for (const step of plan.steps) {
    const head = `${ORDER.indexOf(step.step) + 1}. ${paint[step.status](SHOWN[step.status].padEnd(7))} `;
    lines.push(...indented(secrets.hide(step.what), width, head, 11));
    if (step.status === 'done') continue;
    lines.push(...indented(step.why, width, '', 11));
    if (step.help !== null) lines.push(...indented(`-> ${secrets.hide(step.help)}`, width, '', 11));
    for (const place of step.at) lines.push(`           --> ${visible(shownPlace(target, place))}`);
  }
  for (const warning of plan.warnings) lines.push(...indented(secrets.hide(warning), width, `${colours.yellow('warning:')} `, 9));
  io.stderr.write(`${lines.join('\n')}\n\n`);
  for (const step of plan.steps) if (step.shown.length > 0) io.stderr.write(shownEdits(context, target, step));
}

/** Edits that are not in the plan, for the reader to take over. */
function shownEdits(context: Context, target: Target, { shown }: SetupStep): string {
  const diffs = shown.map(
    file => fileDiff(file, displayPath(context, target, file.file).replace(/^\//, ''), context.secrets).text,
  );
  return `Shown, and not written:\n${diffs.join('')}\n`;
}

function shownPlace({ files }: Target, { file, start }: { file: string; start: number }): string {
  const read = files.readFile(file);
  const { line, column } = positionAt(linesOf(read.ok ? read.text : ''), start);
  return `${file}:${line}:${column}`;
}

function indented(text: string, width: number, head: string, indent: number): string[] {
  const [first = '', ...rest] = wrap(visible(text), width - indent);
  const blank = ' '.repeat(indent);
  return [(head === '' ? blank : head) + first, ...rest.map(line => blank + line)];
}

/** What `--format json` adds about the steps. */
export function jsonSteps({ secrets }: Context, plan: SetupPlan) {
  const { host, way, packages, services, warnings } = plan;
  const hide = (text: string) => secrets.hide(text);
  return {
    host,
    way,
    steps: plan.steps.map(({ step, status, what, why, help, shown }) => ({
      step,
      status,
      what: hide(what),
      why,
      help: help === null ? null : hide(help),
      shown: shown.map(file => ({ file: file.file, diff: fileDiff(file, file.file.replace(/^\//, ''), secrets).text })),
    })),
    packages,
    services,
    advice: warnings.map(hide),
  };
}
