import type { ModuleKind } from '../catalog/index.js';
import type { Configuration } from './configuration.js';
import type { OptionSource } from './module-lists.js';
import { type HostModules, loadedModules } from './modules.js';
import type { ModuleSource } from './providers.js';

/** One module that is loaded on one side only, and what says so. */
export interface ModuleChange {
  readonly name: string;
  readonly role: ModuleKind;
  /** `uncertain`: at least one side cannot be known. */
  readonly kind: 'gained' | 'lost' | 'uncertain';
  /** Of an uncertain one: what is not known. */
  readonly reason: string | null;
  /** Why it is loaded before; null where it is not. */
  readonly before: readonly ModuleSource[] | null;
  /** Why it is loaded after; null where it is not. */
  readonly after: readonly ModuleSource[] | null;
  /** The line that takes it away, or, of a gained one, that took it away: `modules_disabled`, or `enabled` of the host. */
  readonly disabledBy: OptionSource | null;
}

/** The modules of one host that are not as they were. */
export interface ModulesChange {
  readonly host: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly before: HostModules | null;
  readonly after: HostModules | null;
  readonly modules: readonly ModuleChange[];
}

/**
 * Which modules each host gains and loses between two readings. A host that is disabled has none.
 * @returns the hosts and components with a change, sorted by name
 */
export function compareModules(before: Configuration, after: Configuration): ModulesChange[] {
  const old = new Map(loadedModules(before).map(host => [host.host, host]));
  const now = new Map(loadedModules(after).map(host => [host.host, host]));
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap(host => {
    const [a, b] = [old.get(host) ?? null, now.get(host) ?? null];
    const modules = changesOf(a, b);
    if (modules.length === 0) return [];
    return [{ host, kind: a ? (b ? 'changed' : 'removed') : 'added', before: a, after: b, modules } as const];
  });
}

/** How a host has a module; with a reason, it may have it. */
type Side = { readonly role: ModuleKind; readonly sources: readonly ModuleSource[]; readonly reason: string | null } | null;

function changesOf(before: HostModules | null, after: HostModules | null): ModuleChange[] {
  const names = new Set(
    [before, after].flatMap(side => (side ? [...side.modules, ...side.unknown].flatMap(({ name }) => name ?? []) : [])),
  );
  return [...names].sort().flatMap(name => {
    const [a, b] = [sideOf(before, name), sideOf(after, name)];
    if ((a === null && b === null) || (a && b && (a.reason === null) === (b.reason === null))) return [];
    const lacking = a ? (b ? null : after) : before;
    const { role } = (b ?? a)!;
    const disabledBy = takenBy(lacking, name);
    const reason = a?.reason ?? b?.reason ?? (disabledBy ? null : openReasonOf(lacking, role));
    const kind = reason !== null ? 'uncertain' : a ? 'lost' : 'gained';
    return [{ name, role, kind, reason, before: a?.sources ?? null, after: b?.sources ?? null, disabledBy }];
  });
}

function sideOf(side: HostModules | null, name: string): Side {
  const loaded = side?.modules.find(module => module.name === name);
  if (loaded) return { ...loaded, reason: side?.enabled === null ? 'whether the host is enabled' : (side?.doubt ?? null) };
  const perhaps = side?.unknown.find(module => module.name === name);
  return perhaps ? { role: perhaps.role, sources: perhaps.source ? [perhaps.source] : [], reason: perhaps.reason } : null;
}

/** Why a host may have modules of this kind that are not known of. */
function openReasonOf(side: HostModules | null, role: ModuleKind): string | null {
  return side?.unknown.find(module => module.name === null && module.role === role)?.reason ?? null;
}

function takenBy(side: HostModules | null, name: string): OptionSource | null {
  if (side?.enabled === false) return side.enabledBy;
  return side?.disabled.find(module => module.name === name)?.by ?? null;
}
