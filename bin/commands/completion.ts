import { fine, type Run } from '#bin/command';
import { VERBS } from '#bin/verbs/index';
import { suggestion } from '#lib/errors/did-you-mean';
import { LandfallError } from '#lib/errors/landfall-error';

const names = () => VERBS.map(({ name }) => name).join(' ');
const longFlags = (verb: (typeof VERBS)[number]) =>
  [...verb.flags.map(({ flags }) => longOf(flags)), '--help'].join(' ');

const SHELLS: Readonly<Record<string, () => string>> = {
  bash: () => `_landfall() {
  local word="\${COMP_WORDS[COMP_CWORD]}" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then words="${names()}"; else
    case "\${COMP_WORDS[1]}" in
${VERBS.map((verb) => `      ${verb.name}) words="${longFlags(verb)}" ;;`).join('\n')}
    esac
  fi
  case "$word" in
    -*) COMPREPLY=($(compgen -W "$words" -- "$word")) ;;
    *) if [ "$COMP_CWORD" -eq 1 ]; then COMPREPLY=($(compgen -W "$words" -- "$word")); else COMPREPLY=($(compgen -f -- "$word")); fi ;;
  esac
}
complete -o filenames -F _landfall landfall
`,
  zsh: () => `#compdef landfall
_landfall() {
  if (( CURRENT == 2 )); then compadd ${names()}; return; fi
  if [[ $PREFIX == -* ]]; then
    case $words[2] in
${VERBS.map((verb) => `      ${verb.name}) compadd -- ${longFlags(verb)} ;;`).join('\n')}
    esac
  else _files; fi
}
compdef _landfall landfall
`,
  fish: () =>
    `${VERBS.flatMap(({ name, summary, flags }) => [
      `complete -c landfall -n __fish_use_subcommand -a ${name} -d '${quoted(summary)}'`,
      ...flags.map(
        (flag) =>
          `complete -c landfall -n '__fish_seen_subcommand_from ${name}' -l ${longOf(flag.flags).slice(2)} -d '${quoted(flag.description)}'`,
      ),
    ]).join('\n')}\n`,
};

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
