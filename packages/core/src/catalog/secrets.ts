// Which values nobody may be shown. Written by hand over every option name that the catalogue knows.

/** A name that ends in one of these holds a secret, whatever is before it: bind_password, component_secret, dbPassword. */
const secretEnding = /(?:passwords?|passwd|passphrase|secrets?|bindpw|rootpw)$/i;

/** And one that ends in one of these as words of their own: uvs_auth_token, http_auth_credentials, s3_secret_key. */
const secretWords =
  /(?:^|_)(?:pass|pwd|pw|secret_prev|credentials|api_?key|(?:auth|access|secret|private|signing|registration|access_token)_key|(?:auth|bearer|access|refresh)_token|authorization)$/i;

/** A switch about passwords or tokens is no secret: require_confirm_password, disable_…_token_verification. */
const aboutSecrets = /^(?:require|enable|disable|allow|reset|hide|show|use)_/i;

/** Names that the rule would get wrong. */
const exceptions: Readonly<Record<string, boolean>> = {
  access_control_allow_credentials: false,
  // which module decides who may do what, not an HTTP header
  authorization: false,
  // a list of TURN services, whose entries have secrets of their own
  turncredentials: false,
  muc_http_auth_authorization_header: true,
  yubikey_key: true,
};

/** Whether a name alone marks its value as secret. */
function isSecretName(name: string): boolean {
  if (Object.hasOwn(exceptions, name)) return exceptions[name] === true;
  return (secretEnding.test(name) || secretWords.test(name)) && !aboutSecrets.test(name);
}

/**
 * Whether a value is secret.
 * In: the option, and the way into its value: string keys and list positions (`external_services`, `[1, 'secret']`).
 * Out: true when the option, or a key on the way, is one that holds a secret.
 */
export function isSecret(optionName: string, path: readonly (string | number)[] = []): boolean {
  if (isSecretName(optionName)) return true;
  return path.some(key => typeof key === 'string' && (key.toLowerCase() === 'authorization' || isSecretName(key)));
}
