// What the bundles of the extension leave out of the library that speaks the protocol, as plugins of esbuild.

// The client asks semver whether VS Code is new enough. VS Code has asked that itself, of engines.vscode in package.json.
export const noVersionCheck = {
  name: 'no-version-check',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^semver\/functions\// }, ({ path }) => ({ path, namespace: 'semver' }));
    onLoad({ filter: /./, namespace: 'semver' }, ({ path }) => ({
      contents: path.endsWith('/parse')
        ? 'module.exports = version => ({ version, prerelease: [] })'
        : 'module.exports = () => true',
    }));
  },
};

// A configuration is no notebook: what the client does for those (20 KB) gives way to a feature that registers nothing.
export const noNotebooks = {
  name: 'no-notebooks',
  setup({ onLoad }) {
    onLoad({ filter: /vscode-languageclient[\\/]lib[\\/]common[\\/]notebook\.js$/ }, () => ({
      contents: `const { NotebookDocumentSyncRegistrationType } = require('vscode-languageserver-protocol');
const never = () => ({ dispose() {} });
exports.NotebookDocumentSyncFeature = class {
  static CellScheme = 'vscode-notebook-cell';
  registrationType = NotebookDocumentSyncRegistrationType.type;
  onOpenNotificationSent = never;
  onChangeNotificationSent = never;
  onSaveNotificationSent = never;
  onCloseNotificationSent = never;
  fillClientCapabilities() {}
  initialize() {}
  getState() { return { kind: 'document', id: '$internal', registrations: false, matches: false }; }
  handles() { return false; }
  register() {}
  unregister() {}
  clear() {}
};`,
    }));
  },
};
