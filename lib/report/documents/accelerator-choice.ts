import * as z from 'zod';
import { DOUBTS } from '#lib/evaluation/doubt';
import { count, described, figure, orNull, share, text } from '#lib/report/documents/figure';

const doubt = described(
  z.enum(DOUBTS).nullable(),
  'Why the measurement may not be what it says: faster than memory gives the active weights, or twice beyond the band of its prediction; null where neither',
);

const offer = z
  .strictObject({
    gpu: text('Accelerator id of the catalogue'),
    measured: orNull(
      figure('Most that was measured within the limit; null where no run was', 'output tokens/s per GPU'),
    ),
    predicted: orNull(
      figure('Most that is predicted within the limit; null where no run is', 'output tokens/s per GPU'),
    ),
    doubt,
  })
  .meta({ id: 'Offer', description: 'What one accelerator does within a limit on TPOT, by its best run' });

const costOffer = z
  .strictObject({
    gpu: text('Accelerator id of the catalogue'),
    measuredUsd: orNull(
      figure(
        'Least that was measured within the limit; null where no run was',
        'USD per million output tokens',
      ),
    ),
    predictedUsd: orNull(
      figure(
        'Least that is predicted within the limit; null where no run is',
        'USD per million output tokens',
      ),
    ),
    doubt,
  })
  .meta({ id: 'CostOffer', description: 'What tokens of one accelerator cost within a limit on TPOT' });

const figures = {
  workloads: count('Models and pairs of lengths that at least two accelerators measured within the limit'),
  best: count('Workloads whose choice measured best'),
  within5: count('Workloads whose choice measured within 5 % of the best'),
  meanRegret: orNull(share('Mean share of the best that the choices lose')),
};

const workload = {
  model: text('Model id of the catalogue'),
  inputTokens: figure('Mean of the requests', 'tokens'),
  outputTokens: figure('Mean of the requests', 'tokens'),
};

const LOSES_ALL = '1 where none of its runs was in limit';
const NONE_IN_LIMIT = 'null where none is predicted within the limit';

/** Under one limit on TPOT. */
export const acceleratorChoice = z.strictObject({
  tpotMs: figure('The limit', 'ms'),
  ...figures,
  doubtful: count('Workloads whose best measurement is doubtful; they count all the same'),
  choices: z.array(
    z.strictObject({
      ...workload,
      chosen: described(offer.nullable(), `Predicted best; ${NONE_IN_LIMIT}`),
      best: described(offer, 'Measured best'),
      regret: share(`Share of the best measured rate that the choice loses; ${LOSES_ALL}`),
    }),
  ),
  bySeen: described(
    z.strictObject({ seen: z.strictObject(figures), unseen: z.strictObject(figures) }),
    'As if the file held only runs that the constants were fitted on, and only the others',
  ),
  byCost: described(
    z.strictObject({
      ...figures,
      unpriced: count('Offers that measured within the limit on an accelerator without a price: left out'),
      choices: z.array(
        z.strictObject({
          ...workload,
          chosen: described(costOffer.nullable(), `Predicted cheapest; ${NONE_IN_LIMIT}`),
          best: described(costOffer, 'Measured cheapest'),
          regret: share(`Share of the tokens per USD that the choice loses; ${LOSES_ALL}`),
        }),
      ),
    }),
    'The same by USD per million output tokens, among accelerators with a price',
  ),
});

export const acceleratorPrices = z.strictObject({
  seller: text('Seller of the market'),
  service: text('Service of the seller'),
  region: text('Region of the prices'),
  term: text('Term of the prices'),
  prices: z.array(
    z.strictObject({
      gpu: text('Accelerator id of the catalogue'),
      usdPerGpuHour: figure('Price of the node over its accelerators', 'USD per GPU-hour'),
      node: text('Node that costs least for each of its accelerators'),
      asOf: text('Date of the price'),
      source: text('Source id of the catalogue'),
    }),
  ),
  unpriced: described(z.array(z.string()), 'Accelerators that the market lists no price of'),
});
