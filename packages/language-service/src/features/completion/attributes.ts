/** An attribute that people search by. */
export interface Attribute {
  readonly name: string;
  /** Where entries have it. */
  readonly where: 'Active Directory' | 'OpenLDAP' | 'everywhere' | 'operational';
  readonly documentation: string;
  readonly values?: readonly string[];
}

/** Usual attributes: RFC 4519 and 2798, and the schema of Active Directory. */
export const ATTRIBUTES: readonly Attribute[] = [
  {
    name: 'sAMAccountName',
    where: 'Active Directory',
    documentation: 'The login name without the domain, at most 20 characters for users.',
    values: ['$user'],
  },
  {
    name: 'userPrincipalName',
    where: 'Active Directory',
    documentation: 'The login name in the form of an address.',
    values: ['$user'],
  },
  {
    name: 'uid',
    where: 'OpenLDAP',
    documentation: 'The login name; empty on Active Directory unless somebody fills it.',
    values: ['$user'],
  },
  {
    name: 'memberOf',
    where: 'Active Directory',
    documentation: 'The groups that an entry is directly in, as DNs. OpenLDAP has it with the overlay memberof only.',
  },
  {
    name: 'memberOf:1.2.840.113556.1.4.1941:',
    where: 'Active Directory',
    documentation: 'The groups that an entry is in, also through other groups.',
  },
  { name: 'member', where: 'everywhere', documentation: 'The members of a group, as DNs.' },
  { name: 'memberUid', where: 'OpenLDAP', documentation: 'The members of a posixGroup, as login names.' },
  {
    name: 'objectClass',
    where: 'everywhere',
    documentation: 'What an entry is. On Active Directory computers are `user` too: add objectCategory=person.',
    values: ['user', 'person', 'inetOrgPerson', 'posixAccount', 'group', 'groupOfNames', 'posixGroup'],
  },
  {
    name: 'objectCategory',
    where: 'Active Directory',
    documentation: 'The one class that an entry mainly is; it is indexed.',
    values: ['person', 'group'],
  },
  {
    name: 'userAccountControl:1.2.840.113556.1.4.803:',
    where: 'Active Directory',
    documentation: 'A bit of the account: 2 is "disabled", so (!(…=2)) leaves disabled accounts out.',
    values: ['2', '512', '65536'],
  },
  {
    name: 'userAccountControl',
    where: 'Active Directory',
    documentation: 'The state of an account as a number of bits.',
    values: ['512', '66048'],
  },
  {
    name: 'mail',
    where: 'everywhere',
    documentation: 'The address for mail. Prosody takes the part before an `@` of a login for the name.',
  },
  { name: 'cn', where: 'everywhere', documentation: 'The common name: of a person the full name.' },
  { name: 'displayName', where: 'everywhere', documentation: 'The name that is shown.' },
  { name: 'givenName', where: 'everywhere', documentation: 'The first name.' },
  { name: 'sn', where: 'everywhere', documentation: 'The family name.' },
  { name: 'name', where: 'Active Directory', documentation: 'The name of the entry below its parent.' },
  { name: 'ou', where: 'everywhere', documentation: 'The name of an organizational unit.' },
  { name: 'distinguishedName', where: 'Active Directory', documentation: 'The DN of the entry.' },
  { name: 'userPassword', where: 'OpenLDAP', documentation: 'The password; Active Directory does not show it.' },
  { name: 'telephoneNumber', where: 'everywhere', documentation: 'The number at work.' },
  { name: 'mobile', where: 'everywhere', documentation: 'The number of the mobile phone.' },
  { name: 'title', where: 'everywhere', documentation: 'What the person does.' },
  { name: 'department', where: 'Active Directory', documentation: 'The department.' },
  { name: 'jpegPhoto', where: 'everywhere', documentation: 'A picture as JPEG.' },
  { name: 'entryUUID', where: 'operational', documentation: 'An identifier that never changes, of OpenLDAP.' },
  { name: 'objectGUID', where: 'operational', documentation: 'An identifier that never changes, of Active Directory.' },
];
