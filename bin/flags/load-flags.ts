import { textOf, type Flags } from '#bin/command';
import { choice, decimal, share } from '#bin/flags/flag-values';
import { techniquesOf } from '#bin/flags/technique-flags';
import { wholeNumber } from '#bin/flags/whole-number';
import type { Catalog } from '#lib/catalog/catalog';
import { KV_PRECISIONS } from '#lib/catalog/precision';
import { countsLoading } from '#lib/engines/vllm-release';
import { LandfallError } from '#lib/errors/landfall-error';
import { SIZED_ENGINES, type StatedLoad } from '#lib/plan/sizing/stated-demand';
import { PERCENTILES } from '#lib/units/percentile';

/** What the flags of `landfall sizing plan` say of a load, beside the model and the accelerator. */
export function statedLoad(flags: Flags, catalog: Catalog): Omit<StatedLoad, 'model' | 'accelerator'> {
  const chosen = <T extends string>(name: string, choices: readonly T[]): T | undefined => {
    const text = textOf(flags, name);
    return text === undefined ? undefined : choice(`--${name}`, text, choices);
  };
  const engine = chosen('engine', SIZED_ENGINES);
  return {
    gpusPerNode: wholeNumber('--gpus', textOf(flags, 'gpus')),
    requestsPerSecond: decimal('--rps', textOf(flags, 'rps')),
    inputTokens: wholeNumber('--in', textOf(flags, 'in')),
    outputTokens: wholeNumber('--out', textOf(flags, 'out')),
    tensorParallel: wholeNumber('--tp', textOf(flags, 'tp')),
    fabricGbps: decimal('--fabric', textOf(flags, 'fabric')),
    ttftMs: decimal('--ttft', textOf(flags, 'ttft')),
    tpotMs: decimal('--tpot', textOf(flags, 'tpot')),
    cachedShare: share('--cached', textOf(flags, 'cached')),
    percentile: chosen('percentile', PERCENTILES),
    kvPrecision: chosen('kv', KV_PRECISIONS),
    engine,
    isEarlyRelease: isEarlyRelease(textOf(flags, 'engineVersion'), engine),
    techniques: techniquesOf(flags, catalog),
  };
}

/** Of vLLM, which alone has releases that count loading. */
function isEarlyRelease(release: string | undefined, engine: StatedLoad['engine']): boolean | undefined {
  if (release === undefined) return undefined;
  if (engine !== undefined && engine !== 'vllm') return false;
  if (/^v?\d+\.\d+/.test(release)) return countsLoading(release);
  throw new LandfallError({
    code: 'WRONG_TYPE',
    at: '--engine-version',
    got: release,
    expected: 'a release such as 0.11.0',
    fix: 'write the number that `vllm --version` prints',
  });
}
