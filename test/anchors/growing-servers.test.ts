import { expect, it } from 'vitest';
import { shippedCase } from '../_support/decision';
import { base, replicasFor } from './fleet-arithmetic';

/**
 * Own servers in colocation for traffic that grows by 2 % a month over 60 months (`environments/scale.yaml`), added up month
 * by month from the catalog's facts alone, by none of the code that makes bills. What sizing says is taken from the plan: the
 * replicas that carry the described peak, and the storage of the first servers.
 */
it('own servers that are bought as traffic grows cost what the months add up to, to the cent', () => {
  const [months, price, kw, shareOfYear] = [60, 450_000, 14.3, 1 / 12];
  const perMonth = 1.09 ** (1 / 12);

  const pinned = shippedCase('scale', {}, { colo: { server: 'hgx-b200' } });
  const colo = pinned.options.find(({ id }) => id === 'colo');
  const atDescribedPeak = colo?.plan.growth?.replicas[0]?.perDescribedPeak ?? Number.NaN;
  const weights = colo?.plan.purchases.find((one) => one.label === 'Shared storage of the weights');
  const storedTb = weights?.kind === 'assumed' ? weights.quantity : Number.NaN;

  // 99.9 % of the time as many replicas as carry the load must be up.
  const serversFor = (multiple: number) =>
    Math.ceil(replicasFor(Math.ceil(multiple * atDescribedPeak), 0.999, 8) / 8);
  const standing = Array.from({ length: months }, (_, month) => serversFor(1.02 ** Math.max(5, month)));
  expect(standing.at(-1)).toBeGreaterThan(2 * (standing[0] ?? Number.NaN));

  const cash = Array.from({ length: months + 1 }, () => 0);
  const pay = (month: number, usd: number) => (cash[month] = (cash[month] ?? 0) + usd);
  const worn = [[0, 1], ...[12, 24, 36, 60].map((age) => [age, base(`server.residual.share-${age}`)])];
  const left = (age: number) => {
    const next = worn.findIndex(([at = 0]) => at >= age);
    const [[from = 0, high = 1] = [], [to = 0, low = 0] = []] = [worn[next - 1], worn[next]];
    return high + ((low - high) * (age - from)) / (to - from);
  };
  const life = base('server.life-years') * 12;
  const server = price * (1 + base('hardware.network-share') + base('hardware.spare-share'));
  const storage =
    (storedTb / (standing[0] ?? Number.NaN)) *
    base('storage.shared-copies') *
    base('storage.nvme.usd-per-tb');
  const layers = ['use', 'hardware', 'network', 'operating-system', 'kubernetes', 'model-server', 'model'];
  const overLayers = (of: string) => layers.reduce((sum, layer) => sum + base(`people.${of}.${layer}`), 0);
  for (let month = 0; month < months; month += 1) {
    const [now, before] = [standing[month] ?? 0, month === 0 ? 0 : (standing[month - 1] ?? 0)];
    for (let bought = month; bought < months; bought += life) {
      const sold = Math.min(months, bought + life);
      pay(bought, (now - before) * (server + storage));
      pay(sold, -(now - before) * server * left(sold - bought));
    }
    pay(month, overLayers('build.usd') * (Math.sqrt(now) - Math.sqrt(before)));
    const upkeep =
      base('server.maintenance-share-per-year') * (1 + base('hardware.network-share')) +
      base('hardware.insurance-share-per-year');
    const energy = 730 * base('power.load-factor') * base('colo.pue') * base('electricity.us.usd-per-kwh');
    const hands = base('colo.remote-hands-hours-per-server-month') * base('colo.remote-hands-usd-per-hour');
    pay(
      month + 1,
      now * (price * upkeep * shareOfYear + kw * (base('colo.usd-per-kw-month') + energy) + hands) +
        2 * base('colo.cross-connect-usd-per-month') +
        overLayers('run.fte') *
          base('people.run.scale.gpus-512') *
          base('people.loaded-usd-per-year') *
          shareOfYear,
    );
  }
  for (let bought = 0; bought < months; bought += life)
    pay(bought, 48 * base('cpu-host.purchase-usd-per-unit'));
  pay(months, (standing.at(-1) ?? 0) * price * base('server.generation-risk-share'));

  const estimate = colo?.estimate;
  // The first servers are paid when they are ordered; what that has cost by the launch is no cash.
  const waited = 1.09 ** (base('lead-time.server-purchase.days') / 365) - 1;
  const worth = cash.reduce(
    (sum, usd, month) => sum + usd / perMonth ** month,
    (standing[0] ?? Number.NaN) * server * waited,
  );
  expect(estimate?.totals.presentValueUsd).toBeCloseTo(worth, 1);
  cash.forEach((usd, month) => expect(estimate?.cash.byMonthUsd[month]).toBeCloseTo(usd, 2));
});
