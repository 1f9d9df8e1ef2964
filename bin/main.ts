import { Command, CommanderError, Option } from 'commander';
import { EXIT, fine, type Flags, type Outcome, type Surroundings, type Verb } from '#bin/command';
import { VERBS } from '#bin/verbs/index';
import { packageVersion } from '#bin/package-root';
import { renderProblems } from '#bin/output/render-problems';
import { suggestion } from '#lib/errors/did-you-mean';
import { LandfallError } from '#lib/errors/landfall-error';

const EXIT_CODES = `Exit codes: 0 fine · 1 a bug · 2 differences (--exit-code) · 3 a guardrail failed ·
            4 invalid input · 5 the reviewed plan is stale · 6 preflight failed`;

/** Runs one command line and says what to write and how to exit. Never writes itself; never throws. */
export async function main(words: readonly string[], surroundings: Surroundings): Promise<Outcome> {
  const texts = { out: '', err: '' };
  try {
    let chosen: (() => Promise<Outcome>) | undefined;
    const program = makeProgram(words, texts, surroundings.width, (load, operands, flags) => {
      chosen = async () =>
        (await load()).run(operands, withPrices(flags, surroundings), plain(surroundings, flags));
    });
    if (words.length === 1 && ['--version', '-V'].includes(words[0] ?? ''))
      return fine(`${packageVersion()}\n`);
    if (words.length === 0) return { stdout: program.helpInformation(), stderr: '', exitCode: EXIT.fine };
    const group = words.length === 1 ? named(VERBS, words[0]) : undefined;
    const isGroupAlone = group !== undefined && group.load === undefined;
    await program.parseAsync(isGroupAlone ? [...words, '--help'] : words, { from: 'user' });
    return chosen === undefined ? { stdout: texts.out, stderr: '', exitCode: EXIT.fine } : await chosen();
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) {
      return { stdout: texts.out, stderr: '', exitCode: EXIT.fine };
    }
    return failure(error instanceof CommanderError ? usageProblem(error, words) : error, surroundings, words);
  }
}

function makeProgram(
  words: readonly string[],
  texts: { out: string; err: string },
  width: number,
  choose: Choose,
): Command {
  const program = new Command('landfall')
    .description('Size, price, compare, provision and diff every way to run generative AI')
    .exitOverride()
    .option('-V, --version', 'write the version')
    .showSuggestionAfterError(false)
    .configureOutput({
      writeOut: (text) => (texts.out += text),
      writeErr: (text) => (texts.err += text),
      getOutHelpWidth: () => width,
      getErrHelpWidth: () => width,
    })
    .addHelpText('after', `\n${EXIT_CODES}`);
  declare(program, VERBS, words, choose);
  return program;
}

type Choose = (load: NonNullable<Verb['load']>, operands: readonly string[], flags: Flags) => void;

/** Adds commands for verbs, and below them for their actions. */
function declare(program: Command, verbs: readonly Verb[], words: readonly string[], choose: Choose): void {
  // Two hundred flags take 3 ms to declare, and only the help of all verbs shows more than those of one. Where the first
  // word names a verb, nothing asks for the others.
  const isHelpOfAll = !verbs.some(({ name }) => words.includes(name));
  const begun = named(verbs, words[0]);
  for (const verb of begun === undefined ? verbs : [begun]) {
    const command = program.command(verb.name).summary(verb.summary).description(verb.summary);
    if (!isHelpOfAll && !words.includes(verb.name)) continue;
    if (verb.operands !== '') for (const operand of verb.operands.split(' ')) command.argument(operand);
    for (const { flags, description, choices } of verb.flags) {
      const option = new Option(flags, description);
      // Written twice, the second would else drop the first in silence.
      if (flags.endsWith('<pairs>')) option.argParser(joinPairs);
      if (flags.endsWith('<address>')) option.argParser(joinLines);
      command.addOption(choices === undefined ? option : option.choices([...choices]));
    }
    command
      .option('--no-color', 'write no colours (also: NO_COLOR)')
      .addHelpText(
        'after',
        `\nExamples:\n${verb.examples.map((line) => `  ${line}`).join('\n')}\n\n${EXIT_CODES}`,
      );
    const { load, actions } = verb;
    if (load !== undefined) command.action(() => choose(load, command.args, given(command)));
    // Else a verb would take the flags that stand behind its action and share a name with one of its own.
    if (actions !== undefined && words.includes(verb.name))
      declare(command.enablePositionalOptions(), actions, words, choose);
  }
}

/** `A=1`, then `B=2`: `A=1,B=2`. */
function joinPairs(pairs: string, earlier: string | undefined): string {
  return earlier === undefined ? pairs : `${earlier},${pairs}`;
}

/** Addresses of Terraform hold commas: one stands in each line. */
function joinLines(line: string, earlier: string | undefined): string {
  return earlier === undefined ? line : `${earlier}\n${line}`;
}

/** The flags that were written, those before an action among them. */
function given(command: Command): Flags {
  const written = Object.entries(command.opts<Flags>()).filter(
    ([name]) => command.getOptionValueSource(name) === 'cli',
  );
  return { ...(command.parent === null ? {} : given(command.parent)), ...Object.fromEntries(written) };
}

/** With what the surroundings name for where nothing else does: so no command has to know where prices may lie. */
function withPrices(flags: Flags, { prices }: Surroundings): Flags {
  if (prices === undefined || flags['cache'] === false) return flags;
  return { ...flags, usualPrices: prices };
}

function plain(surroundings: Surroundings, flags: Flags): Surroundings {
  return flags['color'] === false ? { ...surroundings, color: false } : surroundings;
}

function failure(error: unknown, { color, debug }: Surroundings, words: readonly string[]): Outcome {
  if (error instanceof LandfallError) {
    const stderr = renderProblems(error, { color: color && !words.includes('--no-color') });
    return { stdout: '', stderr, exitCode: EXIT.invalid };
  }
  const message = error instanceof Error ? error.message : String(error);
  const stack = debug && error instanceof Error ? `${error.stack ?? ''}\n` : '';
  const hint = 'LANDFALL_DEBUG=1 shows where it happened.';
  return {
    stdout: '',
    stderr: `this is a bug in landfall: ${message}\n${stack === '' ? `${hint}\n` : stack}`,
    exitCode: EXIT.bug,
  };
}

/** Commander's complaint as a problem like any other, with the nearest command or flag. */
function usageProblem(error: CommanderError, words: readonly string[]): LandfallError {
  const verb = named(VERBS, words[0]);
  const action = named(verb?.actions ?? [], words[1]);
  const told = action ?? verb;
  const command = [
    'landfall',
    ...[verb, action].flatMap((each) => (each === undefined ? [] : [each.name])),
  ].join(' ');
  const got = /'([^']*)'/.exec(error.message)?.[1];
  const known = {
    'commander.unknownCommand': (verb?.actions ?? VERBS).map(({ name }) => name),
    'commander.unknownOption': told === undefined ? ['--help', '--version'] : flagsOf(told),
  }[error.code];
  return new LandfallError({
    code: 'BAD_USAGE',
    at: command,
    ...(got === undefined || known === undefined ? {} : { got: `"${got}"` }),
    expected:
      known === undefined
        ? `a complete command (${error.message.replace(/^error: /, '')})`
        : 'a known command or flag',
    fix: got === undefined || known === undefined ? `see \`${command} --help\`` : suggestion(got, known),
  });
}

/** `undefined` of what only its actions do: they have the flags, each its own. */
function flagsOf({ load, flags }: Verb): readonly string[] | undefined {
  return load === undefined ? undefined : flags.map((flag) => /--[\w-]+/.exec(flag.flags)?.[0] ?? flag.flags);
}

function named(verbs: readonly Verb[], word: string | undefined): Verb | undefined {
  return verbs.find(({ name }) => name === word);
}
