import { baseName, components } from '@prosodist/core';
import { placesIn } from '../../names/places.js';
import { hostProposals } from '../completion/hosts.js';
import { strings } from '../completion/options.js';
import { ACTION_KINDS } from './kinds.js';
import { planned, type Refactoring, type Spot } from './refactoring.js';

/** A name in an option that refers to a host or component, where there is none of this name. */
function missingAt({ file, offset }: Spot): { readonly option: string; readonly name: string } | undefined {
  const { configuration } = file;
  const option = placesIn(configuration, file.path).settings.find(
    ({ valueOrigin }) => valueOrigin.start <= offset && offset <= valueOrigin.end,
  );
  if (option?.value.kind !== 'string') return undefined;
  const name = option.value.value.toLowerCase();
  const refers =
    /(?:_muc|_component|^main_domain|^muc_mapper_domain_base)$/.test(option.name) ||
    hostProposals(configuration, option.name).length > 0;
  const isName = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$/.test(name);
  return refers && isName && !configuration.sections.has(name) ? { option: option.name, name } : undefined;
}

/** The module that a component of this option is. */
function moduleFor(option: string): string {
  if (/muc|rooms/.test(option)) return 'muc';
  const [module] =
    /^(?:speakerstats|conference_duration|end_conference|av_moderation|room_metadata|polls)_component$/.exec(option) ?? [];
  return module ?? 'muc';
}

/** "Add component X" for a name that an option has, and rooms for a host that has none. */
export const addComponent: Refactoring = {
  id: 'add-component',
  kind: ACTION_KINDS.rewrite,
  offers(spot) {
    const { configuration } = spot.tree.result;
    if (spot.file.configuration !== configuration) return [];
    const missing = missingAt(spot);
    if (missing && /muc|component/.test(missing.option)) return [offer(missing.name, moduleFor(missing.option))];
    const { opening, scope } = spot.section;
    const onOpening = opening?.kind === 'host' && opening.origin.start <= spot.offset && spot.offset <= opening.origin.end;
    const hasRooms = components(configuration).some(
      ({ name, options }) => name.endsWith(`.${scope}`) && strings(options.get('component_module')?.value).includes('muc'),
    );
    return onOpening && !hasRooms && !scope.startsWith('auth.') ? [offer(`conference.${scope}`, 'muc')] : [];
  },
  make(tree, argument) {
    const [host = '', module = 'muc'] = argument.split(' ');
    return planned(tree, [{ op: 'ensure.component', host, module }]);
  },
};

const offer = (name: string, module: string) => ({
  title: `Add component ${name} (mod_${module})`,
  argument: `${name} ${module}`,
});

/** "Add virtual host X" for a name that an option has. */
export const addHost: Refactoring = {
  id: 'add-host',
  kind: ACTION_KINDS.rewrite,
  offers(spot) {
    const missing = spot.file.configuration === spot.tree.result.configuration ? missingAt(spot) : undefined;
    if (!missing || /muc$|_component$/.test(missing.option)) return [];
    return [{ title: `Add virtual host ${missing.name}`, argument: missing.name }];
  },
  make: (tree, host) => planned(tree, [{ op: 'ensure.host', host }]),
};

/** "Link X into conf.d" for a file that waits in conf.avail. */
export const linkFile: Refactoring = {
  id: 'link-file',
  kind: ACTION_KINDS.rewrite,
  offers({ tree, file }) {
    if (file.configuration === tree.result.configuration || !/\/conf\.avail\/[^/]+$/.test(file.path)) return [];
    const name = baseName(file.path);
    return [{ title: `Link ${name} into conf.d`, argument: name }];
  },
  make: (tree, name) => planned(tree, [{ op: 'enable.file', name }]),
};
