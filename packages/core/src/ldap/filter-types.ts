import type { FilterValue } from './filter-value.js';
import type { LdapProblem, LdapSpan } from './problem.js';

/** Where a filter stands, its parentheses included (`end` exclusive). */
interface Placed {
  readonly start: number;
  readonly end: number;
}

/** `(&…)` and `(|…)`: no parts at all is allowed and means true and false (RFC 4526). */
export interface FilterSet extends Placed {
  readonly type: 'and' | 'or';
  readonly filters: readonly FilterNode[];
}

/** `(!…)`. */
export interface FilterNot extends Placed {
  readonly type: 'not';
  readonly filter: FilterNode;
}

/** `(a=b)`, `(a>=b)`, `(a<=b)`, `(a~=b)`. */
export interface FilterComparison extends Placed {
  readonly type: 'equality' | 'greaterOrEqual' | 'lessOrEqual' | 'approx';
  readonly attribute: LdapSpan;
  readonly value: FilterValue;
}

/** `(a=*)`. */
export interface FilterPresent extends Placed {
  readonly type: 'present';
  readonly attribute: LdapSpan;
}

/** `(a=x*y*z)`: a part that is not there is null, `any` has those between two stars. */
export interface FilterSubstrings extends Placed {
  readonly type: 'substrings';
  readonly attribute: LdapSpan;
  readonly initial: FilterValue | null;
  readonly any: readonly FilterValue[];
  readonly final: FilterValue | null;
}

/** `(a:dn:rule:=b)`: at least one of attribute and rule is there. */
export interface FilterExtensible extends Placed {
  readonly type: 'extensible';
  readonly attribute: LdapSpan | null;
  readonly rule: LdapSpan | null;
  readonly dnAttributes: boolean;
  readonly value: FilterValue;
}

/** A filter item: everything but and, or, not. */
export type FilterItem = FilterComparison | FilterPresent | FilterSubstrings | FilterExtensible;

/** A filter as a tree (RFC 4511 section 4.5.1.7). */
export type FilterNode = FilterSet | FilterNot | FilterItem;

/** What `parseFilter` answers. */
export type FilterResult =
  | { readonly ok: true; readonly filter: FilterNode }
  | { readonly ok: false; readonly problem: LdapProblem };
