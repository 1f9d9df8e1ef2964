// Most memory that `landfall catalog refresh` holds for a price list of the size of EC2's in us-east-1, streamed from a
// local server in the form of AWS's bulk files. `npm run build` first. Exits 1 above the goal.
import { refreshOfSize } from '../test/_support/refresh-process';

const LIST_MEGABYTES = 300;
const GOAL_MEGABYTES = 512;

async function measure(): Promise<void> {
  const started = performance.now();
  const { code, list, parts, peakMegabytes } = await refreshOfSize(LIST_MEGABYTES, ['dist/bin/landfall.js']);
  const seconds = (performance.now() - started) / 1000;
  console.log(`list       ${((list?.bytes ?? 0) / 1e6).toFixed(0)} MB, ${list?.types} instance types`);
  const [part] = parts as readonly { readonly state: string; readonly prices: number }[];
  console.log(`refresh    exit ${code}, ${part?.state}, ${part?.prices} prices`);
  console.log(`peak       ${peakMegabytes.toFixed(0)} MB of resident memory, goal ${GOAL_MEGABYTES} MB`);
  console.log(`wall       ${seconds.toFixed(1)} s`);
  process.exitCode = code === 0 && peakMegabytes <= GOAL_MEGABYTES ? 0 : 1;
}

void measure();
