/** A reason that Active Directory gives within "invalid credentials" (49). */
export interface SubError {
  /** The end of a step's code: `bind.locked`. */
  readonly code: string;
  readonly meaning: string;
  readonly help: string;
}

const NAME_OR_PASSWORD: SubError = {
  code: 'invalid-credentials',
  meaning: 'the name or the password is wrong',
  help: 'Check both. The name is a DN, user@dns.domain or NETBIOS\\user (in a Lua string "NETBIOS\\\\user"); a bare name is not enough',
};

/** The numbers behind `data` in the diagnostic message (winerror.h; what Samba gives too is marked). */
const SUB_ERRORS: Readonly<Record<string, SubError>> = {
  // Samba says 52e here
  '525': { code: 'no-account', meaning: 'there is no such account', help: 'Check the name of the account' },
  // Samba too; a disabled or expired account with a wrong password also gets it
  '52e': NAME_OR_PASSWORD,
  '52f': {
    code: 'restricted',
    meaning: 'the account may not log in this way (a member of Protected Users, a blank password, or a policy)',
    help: 'Take an account that is not in Protected Users, or have the policy changed',
  },
  // Samba too
  '530': {
    code: 'logon-hours',
    meaning: 'the account may not log in at this hour',
    help: 'Have its logon hours widened (Active Directory Users and Computers, Account, Logon Hours)',
  },
  // Samba too
  '531': {
    code: 'workstation',
    meaning: 'the account may only log in from certain workstations (userWorkstations)',
    help: 'Have the list emptied: an LDAP bind comes from no workstation (Account, Log On To)',
  },
  '532': {
    code: 'password-expired',
    meaning: 'the password has expired',
    help: 'Give the account a new password; of a service account, let it never expire',
  },
  // Samba too, only with the right password
  '533': { code: 'disabled', meaning: 'the account is disabled', help: 'Enable the account' },
  '568': {
    code: 'too-many-groups',
    meaning: 'the account is in more groups than fit into a token',
    help: 'Take the account out of groups; the limit is about 1010, nested ones counted',
  },
  // Samba too
  '701': {
    code: 'account-expired',
    meaning: 'the account has expired (accountExpires)',
    help: 'Give the account a later end, or none',
  },
  // Samba too
  '773': {
    code: 'must-change-password',
    meaning: 'the password must be changed at the next logon',
    help: 'Change it once at a computer of the domain, or clear "User must change password at next logon"',
  },
  // Samba too, with whatever password
  '775': {
    code: 'locked',
    meaning: 'the account is locked after too many wrong passwords',
    help: 'Unlock the account, and find out who tries wrong passwords: an old one may still stand in some configuration',
  },
  '57': {
    code: 'malformed',
    meaning: 'the server could not read the name or password',
    help: 'Look for characters in the name that do not belong there',
  },
};

/** Codes of Windows' security packages at the start of the message (winerror.h). */
const FACILITIES: Readonly<Record<string, SubError>> = {
  '80090346': {
    code: 'channel-binding',
    meaning: 'the server wants channel binding that is not there or wrong',
    help: 'Look whether something between this machine and the domain controller ends TLS',
  },
  '8009030c': {
    code: 'logon-denied',
    meaning: 'the logon was denied',
    help: NAME_OR_PASSWORD.help,
  },
};

/**
 * Reads the reason out of the diagnostic message of a result 49: `80090308: LdapErr: DSID-…, comment: AcceptSecurityContext error,
 * data 52e, v4563`. Returns null for a message that is not of Active Directory's kind; for a number that is not in the table, a
 * reason that names it.
 */
export function subErrorOf(message: string): SubError | null {
  const head = /^([0-9A-Fa-f]{8}): LdapErr:/.exec(message);
  const data = /\bdata ([0-9a-fA-F]+)\b/.exec(message)?.[1]?.toLowerCase();
  if (!head || data === undefined) return null;
  const number = data.replace(/^0+(?=.)/, '');
  const known = SUB_ERRORS[number] ?? FACILITIES[head[1]!.toLowerCase()];
  return (
    known ?? {
      code: 'other',
      meaning: `Active Directory's reason is ${number}`,
      help: 'Look the number up among the system error codes of Windows (it is hexadecimal)',
    }
  );
}
