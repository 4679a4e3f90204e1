import { type Entry, textOf } from '../internal.js';

/** The attributes that tell the state of an account: Active Directory's, slapo-ppolicy's, FreeIPA's and 389's. */
export const ACCOUNT_ATTRIBUTES = [
  'userAccountControl',
  'msDS-User-Account-Control-Computed',
  'pwdLastSet',
  'accountExpires',
  'badPwdCount',
  'lockoutTime',
  'pwdAccountLockedTime',
  'nsAccountLock',
  'shadowExpire',
  'loginDisabled',
  'krbPasswordExpiration',
];

/** What keeps an account from logging in. */
export interface AccountFault {
  /** The end of a step's code. */
  readonly code: 'disabled' | 'locked' | 'password-expired' | 'must-change-password' | 'expired';
  readonly text: string;
  readonly help: string;
}

/** 100 nanoseconds since 1601 in milliseconds since 1970. */
const EPOCH_1601 = 11_644_473_600_000;
const NEVER = 9_223_372_036_854_775_807n;
const DISABLED = 0x2;
const PASSWORD_NEVER_EXPIRES = 0x10000;
const LOCKED = 0x10;
const PASSWORD_EXPIRED = 0x800000;
const DAY = 86_400_000;

/**
 * What the attributes of an entry say against its login (MS-ADTS 2.2.16 and 3.1.1.4.5.17; slapo-ppolicy(5); shadow(5)). An attribute
 * that the reader may not see says nothing.
 */
export function accountFaults(entry: Entry, now: number = Date.now()): readonly AccountFault[] {
  const faults: AccountFault[] = [];
  const control = numberOf(entry, 'userAccountControl') ?? 0;
  const computed = numberOf(entry, 'msDS-User-Account-Control-Computed') ?? 0;
  if (control & DISABLED || is(entry, 'nsAccountLock') || is(entry, 'loginDisabled'))
    faults.push({ code: 'disabled', text: 'It is disabled', help: 'Enable the account' });
  const locked = textOf(entry, 'pwdAccountLockedTime');
  if (computed & LOCKED || (locked !== null && locked !== ''))
    faults.push({
      code: 'locked',
      text: 'It is locked after too many wrong passwords',
      help: 'Unlock the account, and find out who tries wrong passwords',
    });
  if (textOf(entry, 'pwdLastSet') === '0' && !(control & PASSWORD_NEVER_EXPIRES))
    faults.push({
      code: 'must-change-password',
      text: 'Its password must be changed at the next logon',
      help: 'Change it once at a computer of the domain, or clear "User must change password at next logon"',
    });
  else if (computed & PASSWORD_EXPIRED)
    faults.push({ code: 'password-expired', text: 'Its password has expired', help: 'Change the password' });
  const end = endOf(entry);
  if (end !== null && end <= now)
    faults.push({
      code: 'expired',
      text: `It has expired on ${new Date(end).toISOString().slice(0, 10)}`,
      help: 'Give the account a later end, or none',
    });
  return faults;
}

/** A number of an attribute that fits 32 bits; null when it is not there. */
export function numberOf(entry: Entry, attribute: string): number | null {
  const text = textOf(entry, attribute);
  return text !== null && /^-?\d{1,10}$/.test(text) ? Number(text) : null;
}

function is(entry: Entry, attribute: string): boolean {
  return /^true$/i.test(textOf(entry, attribute) ?? '');
}

/** When the account ends, in milliseconds since 1970; null for never. */
function endOf(entry: Entry): number | null {
  const windows = textOf(entry, 'accountExpires');
  if (windows !== null && /^\d{1,19}$/.test(windows)) {
    const ticks = BigInt(windows);
    return ticks === 0n || ticks === NEVER ? null : Number(ticks / 10_000n) - EPOCH_1601;
  }
  const days = numberOf(entry, 'shadowExpire');
  return days === null || days < 0 ? null : days * DAY;
}
