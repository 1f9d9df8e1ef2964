import { main } from '#bin/main';

// A reader that has seen enough (`| head`) closes the pipe: no error of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}

const { env, stdout } = process;
void main(process.argv.slice(2), {
  today: new Date().toISOString().slice(0, 10),
  color: stdout.isTTY && (env['NO_COLOR'] ?? '') === '',
  width: 100,
  debug: (env['LANDFALL_DEBUG'] ?? '') !== '',
}).then((outcome) => {
  process.stderr.write(outcome.stderr);
  process.stdout.write(outcome.stdout);
  // Not `process.exit`: a pipe may still hold what was written.
  process.exitCode = outcome.exitCode;
});
