import type { Location, Overview } from '@prosodist/language-server';
import { type Disposable, EventEmitter, l10n, ThemeIcon, TreeItem, TreeItemCollapsibleState, window } from 'vscode';
import type { Session } from '../session.js';

type Section = Overview['sections'][number];
type Node =
  | { readonly kind: 'section'; readonly section: Section }
  | { readonly kind: 'modules' | 'options'; readonly section: Section }
  | { readonly kind: 'module'; readonly name: string; readonly at: Location | null }
  | { readonly kind: 'option'; readonly option: Section['options'][number] };

/** The view of hosts, components, modules and options; a click goes to where one was written. */
export function configurationTree(session: Session): Disposable {
  const changed = new EventEmitter<undefined>();
  const listener = session.onDidChange(() => changed.fire(undefined));
  const view = window.createTreeView<Node>('prosodist.configuration', {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: node => childrenOf(session, node),
      getTreeItem: itemOf,
    },
  });
  return {
    dispose: () => {
      view.dispose();
      listener.dispose();
      changed.dispose();
    },
  };
}

function childrenOf({ overview }: Session, node: Node | undefined): Node[] {
  if (!node) return (overview?.sections ?? []).map(section => ({ kind: 'section', section }));
  if (node.kind === 'section') {
    const { modules, options } = node.section;
    return [
      ...(modules.length > 0 ? [{ kind: 'modules' as const, section: node.section }] : []),
      ...(options.length > 0 ? [{ kind: 'options' as const, section: node.section }] : []),
    ];
  }
  if (node.kind === 'modules') return node.section.modules.map(module => ({ kind: 'module', ...module }));
  if (node.kind === 'options') return node.section.options.map(option => ({ kind: 'option', option }));
  return [];
}

const ICONS = { global: 'globe', host: 'server', component: 'extensions' } as const;

function itemOf(node: Node): TreeItem {
  switch (node.kind) {
    case 'section': {
      const { scope, kind, detail, at } = node.section;
      const label = scope === '*' ? l10n.t('Global section') : scope;
      return item(label, { icon: ICONS[kind], description: detail, at, open: true, context: kind });
    }
    case 'modules':
      return item(l10n.t('Modules'), { icon: 'package', description: String(node.section.modules.length), open: true });
    case 'options':
      return item(l10n.t('Options'), { icon: 'settings', description: String(node.section.options.length), open: true });
    case 'module':
      return item(node.name, { icon: 'symbol-module', description: node.at ? null : l10n.t('always loaded'), at: node.at });
    case 'option': {
      const { name, value, inherited, at } = node.option;
      const description = inherited ? l10n.t('{0} (from the global section)', value) : value;
      return item(name, { icon: 'symbol-property', description, at });
    }
  }
}

function item(label: string, { icon, description = null, at = null, open = false, context }: ItemOptions): TreeItem {
  const made = new TreeItem(label, open ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None);
  made.iconPath = new ThemeIcon(icon);
  if (description !== null) made.description = description;
  if (context) made.contextValue = context;
  made.tooltip = description === null ? label : `${label}: ${description}`;
  if (at) made.command = { title: l10n.t('Go There'), command: 'prosodist.goTo', arguments: [at] };
  return made;
}

interface ItemOptions {
  readonly icon: string;
  readonly description?: string | null;
  readonly at?: Location | null;
  readonly open?: boolean;
  readonly context?: string;
}
