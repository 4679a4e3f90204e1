// Completions for bash, zsh and fish, made from the program's own commands and options: nothing runs while somebody types.
import { leaves } from './commands.mjs';

const shared = tree => tree.options;

/** In: the tree of commands. Out: the text of a completion file a shell. */
export const completions = tree => ({ bash: bash(tree), zsh: zsh(tree), fish: fish(tree) });

function bash(tree) {
  const cases = everyCommand(tree).map(command => {
    const words = [...command.commands.map(child => child.name), ...optionWords(tree, command)];
    return `    '${command.path.join(' ')}') words='${words.join(' ')}' ;;`;
  });
  const values = withChoices(tree).map(
    ({ long, choices }) => `    ${long}) COMPREPLY=($(compgen -W '${choices.join(' ')}' -- "$cur")); return ;;`,
  );
  const groups = everyCommand(tree)
    .filter(command => command.commands.length > 0 && command.path.length > 0)
    .map(command => command.path.join(' '));
  return `# bash completion for prosodist
_prosodist() {
  local cur=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command='' word words=''
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in -*) continue ;; esac
    if [[ -z $command ]]; then command=$word
    elif [[ ' ${groups.join(' ')} ' == *" $command "* ]]; then command="$command $word"; break
    else break; fi
  done
  case $previous in
${values.join('\n')}
  esac
  case $command in
${cases.join('\n')}
  esac
  if [[ $cur == -* || -z $command || ' ${groups.join(' ')} ' == *" $command "* ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
  else
    compopt -o filenames 2>/dev/null
    COMPREPLY=($(compgen -f -- "$cur"))
  fi
}
complete -F _prosodist prosodist
`;
}

function zsh(tree) {
  const specs = command =>
    [...command.options, ...(command.path.length > 0 ? shared(tree) : [])]
      .filter(option => option.long)
      .map(option => `'${option.long}[${escapeZsh(option.description)}]${valueOfZsh(option)}'`);
  const functions = everyCommand(tree)
    .filter(command => command.path.length > 0)
    .map(command => `${functionName(command)}() { ${zshBody(command, specs(command))} }`);
  return `#compdef prosodist
${functions.join('\n')}
_prosodist() { ${zshBody(tree, specs(tree))} }
if [ "$funcstack[1]" = "_prosodist" ]; then _prosodist "$@"; else compdef _prosodist prosodist; fi
`;
}

function zshBody(command, specs) {
  if (command.commands.length === 0) return `_arguments -s ${specs.join(' ')} '*:file:_files'`;
  const names = command.commands.map(child => `'${child.name}:${escapeZsh(child.description)}'`);
  const cases = command.commands.map(child => `${child.name}) ${functionName(child)} ;;`);
  return `local -a names; names=(${names.join(' ')}); _arguments -C ${specs.join(' ')} '1:command:->command' '*::argument:->argument'; case $state in command) _describe command names ;; argument) case $words[1] in ${cases.join(' ')} esac ;; esac`;
}

const functionName = command => `_prosodist_${command.path.join('_').replaceAll('-', '_')}`;

const valueOfZsh = ({ takes, choices }) =>
  takes === null ? '' : choices.length > 0 ? `:value:(${choices.join(' ')})` : ':value:_files';

const escapeZsh = text => text.replaceAll(/[[\]\\:]/g, found => `\\${found}`).replaceAll("'", "'\\''");

function fish(tree) {
  const lines = ['# fish completion for prosodist'];
  const names = tree.commands.map(child => child.name).join(' ');
  for (const child of tree.commands)
    lines.push(
      `complete -c prosodist -n "not __fish_seen_subcommand_from ${names}" -a ${child.name} -d ${fishText(child.description)}`,
    );
  for (const group of tree.commands.filter(child => child.commands.length > 0))
    for (const child of group.commands)
      lines.push(
        `complete -c prosodist -n "__fish_seen_subcommand_from ${group.name}" -a ${child.name} -d ${fishText(child.description)}`,
      );
  for (const option of shared(tree)) lines.push(fishOption('', option));
  for (const command of leaves(tree))
    for (const option of command.options)
      lines.push(fishOption(` -n "__fish_seen_subcommand_from ${command.path.at(-1)}"`, option));
  return `${lines.filter(Boolean).join('\n')}\n`;
}

function fishOption(when, { long, short, description, takes, choices }) {
  if (!long) return '';
  const value = takes === null ? '' : choices.length > 0 ? ` -x -a '${choices.join(' ')}'` : takes === 'value' ? ' -r' : '';
  return `complete -c prosodist${when} -l ${long.slice(2)}${short ? ` -s ${short.slice(1)}` : ''}${value} -d ${fishText(description)}`;
}

const fishText = text => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

function everyCommand(command) {
  return [command, ...command.commands.flatMap(everyCommand)];
}

function optionWords(tree, command) {
  const options = command.path.length > 0 ? [...command.options, ...shared(tree)] : command.options;
  return [...new Set(options.map(option => option.long).filter(Boolean))];
}

function withChoices(tree) {
  const found = new Map();
  for (const command of everyCommand(tree))
    for (const option of command.options) if (option.long && option.choices.length > 0) found.set(option.long, option);
  return [...found.values()];
}
