import { main } from '#bin/main';
import { pricesFrom } from '#bin/price-source';

// A reader that has seen enough (`| head`) closes the pipe: no error of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}

const { env, stderr, stdout } = process;
void main(process.argv.slice(2), {
  today: new Date().toISOString().slice(0, 10),
  color: stdout.isTTY && (env['NO_COLOR'] ?? '') === '',
  width: 100,
  debug: (env['LANDFALL_DEBUG'] ?? '') !== '',
  ...pricesFrom(env),
  now: () => `${new Date().toISOString().slice(0, 19)}Z`,
  progress: (line) => void stderr.write(`${line}\n`),
}).then((outcome) => {
  stderr.write(outcome.stderr);
  process.stdout.write(outcome.stdout);
  // Not `process.exit`: a pipe may still hold what was written.
  process.exitCode = outcome.exitCode;
});
