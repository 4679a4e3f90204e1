import { findOption, isSecret, nearestNames, optionNames } from '../catalog/index.js';

const known = new Map<string, boolean>();
let names: readonly string[] | undefined;

/**
 * Whether a value is secret: what core says, and what is one slip away from it. Who writes `bind_pasword` has a secret
 * there all the same, and that is the very line that a finding shows.
 */
export function holdsSecret(option: string, path: readonly (string | number)[] = []): boolean {
  return isSecret(option, path) || isMisspelt(option) || path.some(key => typeof key === 'string' && isMisspelt(key));
}

/** Whether a name alone, as an option or as a key of a table, says that its value is secret. */
export function isSecretName(name: string, isKey: boolean): boolean {
  return holdsSecret(name) || (isKey && isSecret('', [name]));
}

function isMisspelt(name: string): boolean {
  let answer = known.get(name);
  if (answer === undefined) {
    answer = findOption(name, '13.0') === undefined && nearestNames(name, secretNames(), 1).length > 0;
    known.set(name, answer);
  }
  return answer;
}

/** Made when a name is looked for that is no option: in most trees there is none. */
function secretNames(): readonly string[] {
  names ??= ['password', 'secret', 'bind_password', ...optionNames('13.0').filter(option => isSecret(option))];
  return names;
}
