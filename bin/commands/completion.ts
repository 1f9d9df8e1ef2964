import { fine, type Run, type Verb } from '#bin/command';
import { VERBS } from '#bin/verbs/index';
import { suggestion } from '#lib/errors/did-you-mean';
import { LandfallError } from '#lib/errors/landfall-error';

const namesOf = (verbs: readonly Verb[]) => verbs.map(({ name }) => name).join(' ');
const longFlags = (verb: Verb) => [...verb.flags.map(({ flags }) => longOf(flags)), '--help'].join(' ');

/** A verb or an action of one, by the words that name it. */
interface Named {
  readonly words: string;
  readonly verb: Verb;
}

/** Actions before their verbs, as patterns of a shell are tried in order. */
const NAMED: readonly Named[] = VERBS.flatMap((verb) => [
  ...(verb.actions ?? []).map((action) => ({ words: `${verb.name} ${action.name}`, verb: action })),
  { words: verb.name, verb },
]);
const WITH_ACTIONS = VERBS.filter(({ actions }) => actions !== undefined);

const pattern = ({ words, verb }: Named) => (words === verb.name ? `"${words} "*` : `"${words}"`);

const SHELLS: Readonly<Record<string, () => string>> = {
  bash: () => `_landfall() {
  local word="\${COMP_WORDS[COMP_CWORD]}" words="" names=""
  if [ "$COMP_CWORD" -eq 1 ]; then names="${namesOf(VERBS)}"; fi
  if [ "$COMP_CWORD" -eq 2 ]; then
    case "\${COMP_WORDS[1]}" in
${WITH_ACTIONS.map(({ name, actions = [] }) => `      ${name}) names="${namesOf(actions)}" ;;`).join('\n')}
    esac
  fi
  case "\${COMP_WORDS[1]} \${COMP_WORDS[2]}" in
${NAMED.map((named) => `    ${pattern(named)}) words="${longFlags(named.verb)}" ;;`).join('\n')}
  esac
  case "$word" in
    -*) COMPREPLY=($(compgen -W "$words" -- "$word")) ;;
    *) if [ -n "$names" ]; then COMPREPLY=($(compgen -W "$names" -- "$word")); else COMPREPLY=($(compgen -f -- "$word")); fi ;;
  esac
}
complete -o filenames -F _landfall landfall
`,
  zsh: () => `#compdef landfall
_landfall() {
  if (( CURRENT == 2 )); then compadd ${namesOf(VERBS)}; return; fi
  if [[ $PREFIX == -* ]]; then
    case "$words[2] $words[3]" in
${NAMED.map((named) => `      ${pattern(named)}) compadd -- ${longFlags(named.verb)} ;;`).join('\n')}
    esac
    return
  fi
  if (( CURRENT == 3 )); then
    case $words[2] in
${WITH_ACTIONS.map(({ name, actions = [] }) => `      ${name}) compadd ${namesOf(actions)}; return ;;`).join('\n')}
    esac
  fi
  _files
}
compdef _landfall landfall
`,
  fish: () =>
    `${[
      ...VERBS.map(
        ({ name, summary }) =>
          `complete -c landfall -n __fish_use_subcommand -a ${name} -d '${quoted(summary)}'`,
      ),
      ...WITH_ACTIONS.flatMap(({ name, actions = [] }) =>
        actions.map(
          (action) =>
            `complete -c landfall -n '__fish_seen_subcommand_from ${name}' -a ${action.name} -d '${quoted(action.summary)}'`,
        ),
      ),
      ...NAMED.flatMap(({ words, verb }) =>
        verb.flags.map(
          (flag) =>
            `complete -c landfall -n '${seen(words)}' -l ${longOf(flag.flags).slice(2)} -d '${quoted(flag.description)}'`,
        ),
      ),
    ].join('\n')}\n`,
};

/** Fish's condition that all of these words stand on the line. */
function seen(words: string): string {
  return words
    .split(' ')
    .map((word) => `__fish_seen_subcommand_from ${word}`)
    .join('; and ');
}
export const run: Run = ([shell = '']) => {
  const script = Object.hasOwn(SHELLS, shell) ? SHELLS[shell] : undefined;
  if (script !== undefined) return fine(script());
  throw new LandfallError({
    code: 'BAD_USAGE',
    at: 'landfall completion',
    got: `"${shell}"`,
    expected: 'a shell',
    fix: suggestion(shell, Object.keys(SHELLS)),
  });
};

function quoted(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
}

/** `--output` of `-o, --output <file>`. */
function longOf(flags: string): string {
  return /--[a-z-]+/.exec(flags)?.[0] ?? '';
}
