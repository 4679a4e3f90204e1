export interface Rehearsed {
  readonly before: string;
  readonly after: string;
  readonly packages: ReadonlyMap<string, Packument>;
  readonly again: string;
  readonly said: string;
  readonly findings: readonly object[];
  readonly status: number;
  readonly changelog: string;
  readonly tagged: readonly string[];
  readonly left: string;
}
export interface Packument {
  readonly 'dist-tags': Readonly<Record<string, string>>;
  readonly versions: Readonly<Record<string, Manifest>>;
}
export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly repository: { readonly url: string; readonly directory: string };
  readonly license: string;
  readonly readme?: string;
  readonly dist: { readonly integrity: string; readonly tarball: string };
}
export function releaseDry(input?: { commits?: readonly string[]; tell?(text: string): void }): Promise<Rehearsed>;
