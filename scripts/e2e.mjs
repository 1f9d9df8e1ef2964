// Runs the end-to-end suite: what needs more than Node. Each part says what it lacks; with CI=true it fails instead.
import { spawnSync } from 'node:child_process';

const result = spawnSync('npx', ['vitest', 'run', '--project', 'e2e', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exit(result.status ?? 1);
