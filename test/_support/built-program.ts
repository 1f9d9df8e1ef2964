import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const QUESTION = `import('./scripts/up-to-date.mjs').then((module) => console.log(module.isUpToDate('.', 'dist')))`;

/**
 * A build for all tests of whole programs, in a folder that they may write to: a copy of `dist` where that is what the
 * sources give, as after `npm ci`, else one made here. Nothing else sees a half-written build.
 */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-built-'));
  if (execFileSync(process.execPath, ['-e', QUESTION], { encoding: 'utf8' }).trim() === 'true') {
    cpSync('dist', folder, { recursive: true });
  } else {
    execFileSync(process.execPath, ['scripts/build.mjs', '--out', folder], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  process.env['LANDFALL_BUILT'] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
