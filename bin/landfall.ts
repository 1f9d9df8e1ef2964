import { main } from '#bin/main';
import { pricesFrom } from '#bin/input/price-source';
import { endProcess, ERR, isTerminal, OUT, writeOut } from '#bin/output/write-out';

const { env } = process;
void main(process.argv.slice(2), {
  today: new Date().toISOString().slice(0, 10),
  color: (env['NO_COLOR'] ?? '') === '' && isTerminal(),
  width: 100,
  debug: (env['LANDFALL_DEBUG'] ?? '') !== '',
  ...pricesFrom(env),
  now: () => `${new Date().toISOString().slice(0, 19)}Z`,
  awsCredentials: async () => (await import('#bin/aws/credentials')).awsCredentials(env),
  variables: env,
  confirm: isTerminal()
    ? async (question) => (await import('#bin/input/confirm')).confirm(question)
    : undefined,
  progress: (line) => writeOut(ERR, `${line}\n`),
}).then((outcome) => {
  writeOut(ERR, outcome.stderr);
  writeOut(OUT, outcome.stdout);
  for (const piece of outcome.pieces ?? []) writeOut(OUT, piece);
  endProcess(outcome.exitCode);
});
