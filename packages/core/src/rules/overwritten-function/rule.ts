import { GLOBAL } from '../../evaluate/index.js';
import type { Rule } from '../rule.js';
import { hasLocal } from '../support/names.js';
import { ofNode } from '../support/of-node.js';
import { type TopAssignment, topAssignments } from '../support/statements.js';

export const overwrittenFunction: Rule = {
  name: 'overwritten-function',
  severity: 'error',
  summary: 'An assignment overwrites one of the functions of the configuration language and sets no option.',
  fixable: 'never',
  source: 'core/configmanager.lua: VirtualHost, Component, Include and their like are fields of the file’s environment',
  since: '0.1.0',
  check: {
    document(context, document, file) {
      const fields = context.version === '0.12' ? FIELDS : [...FIELDS, ...NEW_FIELDS];
      for (const { node, place } of topAssignments(document, file, setsField)) {
        if (node.type !== 'AssignmentStatement') continue;
        for (const variable of node.variables) {
          if (variable.type !== 'Identifier' || !fields.includes(variable.name) || hasLocal(document, variable.name)) continue;
          const { name } = variable;
          const isSection = name === SECTION;
          context.report({
            message: isSection
              ? `\`${name}\` is no option: this opens another section`
              : `\`${name}\` is no option: this overwrites the function \`${name}\` for the rest of the file`,
            why: isSection
              ? `Every option from here on belongs to the section of that name (\`${GLOBAL}\` is the global one), and nothing is logged.`
              : `No option is set, and a later \`${name} "…"\` in this file ends with "attempt to call a … value". Nothing is logged here.`,
            help: isSection
              ? 'Open sections with VirtualHost and Component.'
              : (OTHERS[name] ?? `Give the option another name; \`${name}\` cannot be one.`),
            at: place(variable),
          });
        }
      }
    },
  },
};

const SECTION = '__currenthost';
const FIELDS = ['VirtualHost', 'Host', 'host', 'Component', 'component', 'Include', 'include', 'RunScript', SECTION];
const NEW_FIELDS = ['FileContents', 'FileLine', 'FileLines', 'Credential'];

const ALL_FIELDS = new Set([...FIELDS, ...NEW_FIELDS]);

/** Whether one of the names is a field of any Prosody's. */
const setsField = ofNode(({ variables }: TopAssignment['node']) =>
  variables.some(variable => variable.type === 'Identifier' && ALL_FIELDS.has(variable.name)),
);

/** What people meant who wrote this. */
const OTHERS: Readonly<Record<string, string>> = {
  host: 'A host is opened with VirtualHost "name"; for the name that HTTP is served under set `http_host`.',
  Host: 'A host is opened with VirtualHost "name", without =.',
  VirtualHost: 'Remove the =: VirtualHost "name" opens a host.',
  Component: 'Remove the =: Component "name" "module" opens a component.',
  component: 'Remove the =: Component "name" "module" opens a component.',
  Include: 'Remove the =: Include "file" reads a file.',
  include: 'Remove the =: Include "file" reads a file.',
};
