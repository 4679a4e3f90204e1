import {
  baseName,
  changesOf,
  folderOf,
  ldapMigrations,
  load,
  Overlay,
  type PlannedFile,
  plan,
  type SetupStep,
  setupLdap,
} from '@prosodist/core';
import { withoutSecrets, withoutSecretValues, workspaceEdit } from '@prosodist/language-service';
import type { Server } from '../../context.js';
import { fingerprint } from '../../state/fingerprint.js';
import type { Place } from '../../state/trees.js';
import { apply } from '../executeCommand.js';
import { setupOptions } from './overview.js';
import { locationOf } from './places.js';
import type { ApplyAnswer, ApplyAsked, PlanAsked, PlanView } from './protocol.js';

type Tree = Place['tree'];

interface Made {
  readonly title: string;
  readonly refused: PlanView['refused'];
  readonly way: PlanView['way'];
  readonly steps: readonly SetupStep[];
  readonly files: readonly PlannedFile[];
  readonly links: readonly { readonly path: string; readonly target: string }[];
  readonly removes: readonly string[];
  readonly notes: readonly string[];
}

/** A whole job as it would be done, for people to look at. Nothing is changed. */
export function planView({ tree }: Place, asked: PlanAsked): PlanView {
  const made = planOf(tree, asked);
  const overlay = new Overlay(tree.files);
  overlay.apply(changesOf(made));
  const after = load(overlay.files, tree.entry, tree.options);
  const typed = typedSecrets(asked);
  const hide = (text: string) => withoutSecretValues(withoutSecretValues(text, tree.result.configuration, typed), after);
  const shown = (text: string, lua: boolean) => hide(lua ? withoutSecrets(text, after) : text);
  return {
    id: idOf(made),
    title: made.title,
    refused: made.refused && { ...made.refused, what: hide(made.refused.what) },
    way: made.way,
    steps: made.steps.map(({ step, status, what, why, help }) => ({
      step,
      status,
      what: hide(what),
      why,
      help: help === null ? null : hide(help),
    })),
    files: made.files.map(({ file, before, after: text, secret }) => {
      const lua = file.endsWith('.lua');
      // a file that holds the password alone
      const alone = secret && !lua;
      return {
        uri: tree.uriOf(file),
        name: baseName(file),
        before: before === null ? null : shown(before, lua),
        after: alone ? '•••\n' : shown(text, lua),
      };
    }),
    links: made.links.map(({ path, target }) => `${path} → ${target}`),
    notes: made.notes.map(hide),
  };
}

/** Does the plan that was shown, as one edit that the editor can undo, then its links. */
export async function applyPlan(server: Server, { tree }: Place, asked: ApplyAsked): Promise<ApplyAnswer> {
  const made = planOf(tree, asked);
  if (made.refused) return { ok: false, problem: made.refused.what, files: [] };
  if (idOf(made) !== asked.id)
    return { ok: false, problem: 'The configuration has changed since the plan was shown: make it anew.', files: [] };
  if (made.removes.length > 0) return { ok: false, problem: 'The plan takes files away; do it on the command line.', files: [] };
  const { client, documents, trees } = server;
  const { documentChanges, createFiles, applyEdit, annotations } = client;
  const versionOf = (uri: string) => documents.get(uri)?.version ?? null;
  const changes = changesOf(made);
  const edit = workspaceEdit(tree, changes, { documentChanges, createFiles, applyEdit, annotations, versionOf }, made.title);
  if (!edit) return { ok: false, problem: 'This editor cannot create files: use `prosodist setup ldap`.', files: [] };
  const protect = changes.creates.filter(({ secret }) => secret).map(({ file }) => file);
  const folders = trees.known().map(({ entry }) => folderOf(entry));
  const answer = await apply(server, { label: made.title, edit, links: changes.links, protect }, folders);
  trees.filesChanged();
  server.changed();
  return { ...answer, files: made.files.map(({ file }) => tree.uriOf(file)) };
}

function planOf(tree: Tree, { job, allowPlaintext }: PlanAsked): Made {
  return job.kind === 'setup' ? setupPlan(tree, job.choices, allowPlaintext === true) : migrationPlan(tree, job.host);
}

function setupPlan(tree: Tree, choices: Parameters<typeof setupLdap>[2], allowPlaintext: boolean): Made {
  const made = setupLdap(tree.files, tree.entry, choices, { ...setupOptions({ tree }), allowPlaintext });
  const refused = made.steps.find(({ status }) => status === 'refused');
  return {
    ...made,
    title: `LDAP for ${made.host ?? choices?.host ?? 'the configuration'}`,
    refused: refused
      ? { what: refused.what, help: refused.help, at: refused.at[0] ? locationOf(tree, refused.at[0]) : null }
      : null,
    notes: [
      ...made.warnings,
      ...(made.packages.length > 0 ? [`Install: ${made.packages.join(' ')}`] : []),
      ...(made.services.length > 0 ? [`Restart once it is saved: ${made.services.join(' ')}`] : []),
    ],
  };
}

function migrationPlan(tree: Tree, host: string | undefined): Made {
  const { configuration } = tree.result;
  const options = { prosody: configuration.version };
  const made = plan(tree.files, tree.entry, [{ op: 'migrate.ldap', ...(host !== undefined && { host }) }], options);
  const overlay = new Overlay(tree.files);
  overlay.apply(changesOf(made));
  const migrated = ldapMigrations(configuration, overlay.load(tree.entry, options));
  const refusal = made.outcomes.find(({ status }) => status === 'refused');
  const at = refusal?.at[0];
  return {
    ...made,
    title: 'Migrate to core ldap',
    way: 'ldap',
    steps: [],
    refused: refusal ? { what: refusal.why, help: null, at: at ? locationOf(tree, at) : null } : null,
    notes: migrated.flatMap(({ host: name, search, differences }) => [
      `${name}: ${search.user} is looked up with ${search.filter}`,
      ...differences.map(difference => `${name}: ${difference}`),
    ]),
  };
}

/** The same plan has the same name. */
function idOf({ files, links, removes }: Made): string {
  return fingerprint(JSON.stringify([files.map(({ file, before, after }) => [file, before, after]), links, removes]));
}

function typedSecrets({ job }: PlanAsked): string[] {
  const password = job.kind === 'setup' ? job.choices.password : undefined;
  return password && password.kind !== 'credential' && password.value ? [password.value] : [];
}
