import type { Position, SignatureHelp } from 'vscode-languageserver-types';
import { placeAt } from '../place/place.js';
import { toOffset } from '../positions.js';
import { findFile, type Tree } from '../tree.js';
import { MARKDOWN, PLAIN } from './hover/style.js';

interface Signature {
  readonly label: string;
  readonly documentation: string;
  /** Each as it stands in the label, and what it is. */
  readonly parameters: readonly (readonly [text: string, documentation: string])[];
  readonly since?: '13.0';
}

/** Characters behind which the help is wanted. */
export const SIGNATURE_TRIGGERS: readonly string[] = ['"', "'", '(', ',', ' '];

const FILE = ['"path"', 'A file; a relative path starts at the folder of the main file.'] as const;

/** Prosody's own functions (core/configmanager.lua). */
const SIGNATURES: Readonly<Record<string, Signature>> = {
  VirtualHost: {
    label: 'VirtualHost "name"',
    documentation: 'Opens the section of a virtual host: what follows is set for it, up to the next section.',
    parameters: [['"name"', 'The domain of the users, as it stands behind the `@`.']],
  },
  Component: {
    label: 'Component "name" "module"',
    documentation: 'Opens the section of a component: a service under a name of its own.',
    parameters: [
      ['"name"', 'The name of the service, with no `@`.'],
      [
        '"module"',
        'The module that is the service, such as `muc`. Without it a program of its own connects with `component_secret`.',
      ],
    ],
  },
  Include: {
    label: 'Include "path"',
    documentation: 'Reads other files here, each from the global section on. `*` and `?` stand for any name in the last folder.',
    parameters: [['"path"', 'A file or a pattern; a relative path starts at the folder of the main file.']],
  },
  FileContents: {
    label: 'FileContents("path")',
    documentation: 'The whole text of a file.',
    parameters: [FILE],
    since: '13.0',
  },
  FileLine: { label: 'FileLine("path")', documentation: 'The first line of a file.', parameters: [FILE], since: '13.0' },
  FileLines: { label: 'FileLines("path")', documentation: 'The lines of a file, as a list.', parameters: [FILE], since: '13.0' },
  Credential: {
    label: 'Credential("name")',
    documentation: 'A secret that systemd hands over: the text of a file in its folder of credentials.',
    parameters: [['"name"', 'The name of the credential, as `LoadCredential=` has it.']],
    since: '13.0',
  },
};

/**
 * What the call at a position takes, and which argument is being written.
 * @param position line and character from 0
 * @param options `markdown: false` for clients that show plain text only
 */
export function signatureHelp(
  tree: Tree,
  path: string,
  position: Position,
  options: { readonly markdown?: boolean } = {},
): SignatureHelp | null {
  const file = findFile(tree, path);
  const call = file && placeAt(file, toOffset(file.document, position))?.call;
  const name = call?.name === 'Host' ? 'VirtualHost' : call?.name;
  const signature = name !== undefined && Object.hasOwn(SIGNATURES, name) ? SIGNATURES[name] : undefined;
  if (!call || !signature || call.index >= signature.parameters.length) return null;
  if (signature.since === '13.0' && file.configuration.version === '0.12') return null;
  const { kind } = options.markdown === false ? PLAIN : MARKDOWN;
  const text = (value: string) => ({ kind, value: kind === 'markdown' ? value : value.replaceAll('`', '') });
  const { label, documentation, parameters } = signature;
  return {
    signatures: [
      {
        label,
        documentation: text(documentation),
        parameters: parameters.map(([written, about]) => {
          const start = label.indexOf(written);
          return { label: [start, start + written.length], documentation: text(about) };
        }),
      },
    ],
    activeSignature: 0,
    activeParameter: call.index,
  };
}
