import * as z from 'zod';
import type { PowerPlan } from '#lib/facility/facility';
import { band, count, described, figure, orNull, share, text } from '#lib/report/documents/figure';

const feeds = z.strictObject({
  circuit: text('Rated circuit'),
  perSide: count('Circuits of one side'),
  sides: count('Sides; one alone carries the rack'),
  sideKw: figure('What one side may carry continuously: 80 % of its rating', 'kW'),
  failoverShare: share('Load of the side that is left'),
});

const ups = z.strictObject({
  redundancy: described(z.enum(['n-plus-1', '2n']), 'One module more than needed, or every path twice'),
  moduleKw: figure('Rating of a module', 'kW'),
  needed: count('Modules that carry the load'),
  modules: count('All modules'),
  failoverShare: share('Load of the modules that are left'),
});

/** Power and cooling of a facility. */
export const physicalPowerSchema = z.strictObject({
  itKw: figure('All machines at nameplate', 'kW'),
  serversKw: figure('GPU servers at nameplate', 'kW'),
  networkKw: figure('Switches', 'kW'),
  hostsKw: figure('CPU hosts', 'kW'),
  pue: band('Power usage effectiveness', 'ratio'),
  utilityKw: band('What the utility must deliver', 'kW'),
  feeds: described(feeds.nullable(), 'To one GPU rack; `null` where no circuit of the grid is known'),
  ups,
  coolantLitresPerMinute: orNull(band('Through all GPU racks; `null` without liquid', 'litres/min')),
  waterCubicMetresPerYear: band('Evaporated, if the place cools by evaporation', 'm³/year'),
}) satisfies z.ZodType<PowerPlan>;
