import { Command, CommanderError, Option } from 'commander';
import { EXIT, fine, type Flags, type Outcome, type Surroundings, type Verb } from '#bin/command';
import { VERBS } from '#bin/verbs/index';
import { packageVersion } from '#bin/package-root';
import { renderProblems } from '#bin/render-problems';
import { suggestion } from '#lib/errors/did-you-mean';
import { LandfallError } from '#lib/errors/landfall-error';

const EXIT_CODES = `Exit codes: 0 fine · 1 a bug · 2 differences (--exit-code) · 3 a guardrail failed · 4 invalid input ·
            5 the reviewed plan is stale · 6 preflight failed`;

/** Runs one command line and says what to write and how to exit. Never writes itself; never throws. */
export async function main(words: readonly string[], surroundings: Surroundings): Promise<Outcome> {
  const texts = { out: '', err: '' };
  try {
    let chosen: (() => Promise<Outcome>) | undefined;
    const program = makeProgram(words, texts, surroundings.width, (verb, operands, flags) => {
      chosen = async () =>
        (await verb.load()).run(operands, withPrices(flags, surroundings), plain(surroundings, flags));
    });
    if (words.length === 1 && ['--version', '-V'].includes(words[0] ?? ''))
      return fine(`${packageVersion()}\n`);
    if (words.length === 0) return { stdout: program.helpInformation(), stderr: '', exitCode: EXIT.fine };
    await program.parseAsync(words, { from: 'user' });
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
  choose: (verb: Verb, operands: readonly string[], flags: Flags) => void,
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
  // Two hundred flags take 3 ms to declare, and only the help of all verbs shows more than those of one.
  const isHelpOfAll = !VERBS.some(({ name }) => words.includes(name));
  for (const verb of VERBS) {
    const command = program.command(verb.name).summary(verb.summary).description(verb.summary);
    if (!isHelpOfAll && !words.includes(verb.name)) continue;
    for (const operand of verb.operands.split(' ')) command.argument(operand);
    for (const { flags, description, choices } of verb.flags) {
      const option = new Option(flags, description);
      command.addOption(choices === undefined ? option : option.choices([...choices]));
    }
    command
      .option('--no-color', 'write no colours (also: NO_COLOR)')
      .addHelpText(
        'after',
        `\nExamples:\n${verb.examples.map((line) => `  ${line}`).join('\n')}\n\n${EXIT_CODES}`,
      )
      .action(() => choose(verb, command.args, command.opts()));
  }
  return program;
}

/** `--prices`, else what the surroundings name, else nothing: so no command has to know where prices may lie. */
function withPrices(flags: Flags, { prices }: Surroundings): Flags {
  if (flags['prices'] !== undefined || flags['cache'] === false) return flags;
  return prices === undefined ? flags : { ...flags, prices };
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
  const verb = VERBS.find(({ name }) => name === words[0]);
  const got = /'([^']*)'/.exec(error.message)?.[1];
  const known = {
    'commander.unknownCommand': VERBS.map(({ name }) => name),
    'commander.unknownOption': verb?.flags.map(({ flags }) => /--[\w-]+/.exec(flags)?.[0] ?? flags) ?? [
      '--help',
      '--version',
    ],
  }[error.code];
  return new LandfallError({
    code: 'BAD_USAGE',
    at: ['landfall', ...(verb === undefined ? [] : [verb.name])].join(' '),
    ...(got === undefined || known === undefined ? {} : { got: `"${got}"` }),
    expected:
      known === undefined
        ? `a complete command (${error.message.replace(/^error: /, '')})`
        : 'a known command or flag',
    fix:
      got === undefined || known === undefined
        ? `see \`landfall ${verb?.name ?? ''} --help\``.replace('  ', ' ')
        : suggestion(got, known),
  });
}
