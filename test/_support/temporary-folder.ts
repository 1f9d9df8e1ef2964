import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '.tmp');

/** One folder for everything that the synth tests write, removed at the end: an App leaves its assembly behind. */
export default function setup(): () => void {
  mkdirSync(ROOT, { recursive: true });
  const folder = mkdtempSync(join(ROOT, 'synth-'));
  process.env['TMPDIR'] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
