import type { FileSystem } from '../evaluate/index.js';
import { dockerStep, isOfDocker } from './docker.js';
import { current, isRefused, newDraft, refuse } from './draft.js';
import { guestHostOf, guestsStep, hostStep } from './host-steps.js';
import { mainHost, providerOf } from './hosts.js';
import { jitsiStep } from './jitsi-step.js';
import { packagesStep } from './packages.js';
import { secureStep } from './secure.js';
import { settingsStep } from './settings-step.js';
import { trustStep } from './trust.js';
import type { LdapChoices, LdapSetupWay, SetupOptions, SetupPlan, SetupStep } from './types.js';

/**
 * Plans all that lets people of a directory log in to a virtual host: the guide's eight steps as one plan, decided from the tree.
 * What is so already is left alone, byte for byte; done once more on what it gives, nothing is left to do. Nothing is written,
 * and nobody is asked: a command line and an editor's wizard give the choices. Never throws for what a tree or a choice says.
 * @param files the tree, and what is around it: /etc/jitsi, /etc/ldap and dpkg's status are looked at where they are there
 * @param entry the main file
 */
export function setupLdap(files: FileSystem, entry: string, choices: LdapChoices = {}, options: SetupOptions = {}): SetupPlan {
  const draft = newDraft(files, entry, choices, options);
  const original = current(draft);
  const broken = original.errors[0];
  if (!broken && isOfDocker(original)) return refusedPlan([dockerStep(draft)], choices.way ?? 'ldap');
  const host = broken
    ? refuse(
        'host',
        `Prosody would not start with this configuration: ${broken.text}`,
        '`prosodist check` shows what is wrong; mend that first.',
        'A plan needs a tree that can be read.',
        broken.origin ? [broken.origin] : [],
      )
    : mainHost(original, choices.host);
  if (isRefused(host)) return refusedPlan([host], choices.way ?? 'ldap');
  const way = choices.way ?? wayOf(providerOf(original, host));
  const { step: packages, missing } = packagesStep(draft, way);
  const settings = settingsStep(draft, host, way);
  if (isRefused(settings)) return refusedPlan([packages, settings], way, host);
  const guest = guestHostOf(draft, original, host);
  const steps = [
    packages,
    trustStep(draft, host, way),
    settings,
    hostStep(draft, original, host, way),
    guestsStep(draft, original, host),
    secureStep(draft, host),
    jitsiStep(draft, host, guest),
  ];
  if (steps.some(isRefused)) return refusedPlan(steps, way, host);
  const planned = draft.overlay.planned();
  const jicofo = planned.files.some(({ file }) => file.includes('/jicofo/') && draft.foreign.has(file));
  const changes = planned.files.length + planned.links.length + planned.removes.length > 0;
  const services = changes ? ['prosody', ...(jicofo ? ['jicofo'] : [])] : [];
  return {
    ok: true,
    host,
    way,
    steps: [...steps, restartStep(services)],
    ...planned,
    outcomes: draft.outcomes,
    foreign: [...draft.foreign],
    packages: missing,
    services,
    warnings: draft.warnings,
  };
}

/** The way that the host has, where it has one of the two. */
function wayOf(provider: string | null): LdapSetupWay {
  return provider === 'ldap2' ? 'ldap2' : 'ldap';
}

function restartStep(services: readonly string[]): SetupStep {
  const why = 'A reload is not enough: the module keeps the settings that it was loaded with.';
  const common = { step: 'restart', why, at: [], shown: [] } as const;
  if (services.length === 0)
    return { ...common, status: 'done', what: 'nothing changes, so nothing has to be restarted', help: null };
  return {
    ...common,
    status: 'told',
    what: `${services.join(' and ')} to be restarted once it is written`,
    help: `systemctl restart ${services.join(' ')}`,
  };
}

function refusedPlan(steps: readonly SetupStep[], way: LdapSetupWay, host: string | null = null): SetupPlan {
  const nothing = { files: [], links: [], removes: [], outcomes: [], foreign: [], packages: [], services: [], warnings: [] };
  return { ok: false, host, way, steps, ...nothing };
}
