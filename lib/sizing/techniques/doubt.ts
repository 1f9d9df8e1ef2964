import type { BandFactors } from '#lib/sizing/corrections/correct';

/** How far what a technique gains or costs may be off, as a share of its logarithm: nobody's runs bound it. */
const DOUBT = 0.25;

/** What a technique makes of a point: throughput, TPOT and TTFT. */
interface Figures {
  readonly tokensPerSecond: number;
  readonly tpotMs: number;
  readonly ttftMs: number;
}

/**
 * Bands of a point whose step is changed: as wide as without, times the ends of the acceptance, times a quarter of the
 * effect itself either way.
 *
 * @param decode - Factor of the techniques on a decode step
 */
export function widened(
  bands: BandFactors,
  decode: number,
  base: Figures,
  ends: { readonly worst: Figures; readonly best: Figures },
): BandFactors {
  const slack = Math.exp(DOUBT * Math.abs(Math.log(decode)));
  const wider = (band: { low: number; high: number }, least: number, most: number) => ({
    low: (band.low * Math.min(1, least)) / slack,
    high: band.high * Math.max(1, most) * slack,
  });
  const { worst, best } = ends;
  return {
    throughput: wider(
      bands.throughput,
      worst.tokensPerSecond / base.tokensPerSecond,
      best.tokensPerSecond / base.tokensPerSecond,
    ),
    tpot: wider(bands.tpot, best.tpotMs / base.tpotMs, worst.tpotMs / base.tpotMs),
    ttft: wider(bands.ttft, best.ttftMs / base.ttftMs, worst.ttftMs / base.ttftMs),
  };
}
