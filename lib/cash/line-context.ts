import type { PriceBook } from '#lib/catalog/prices';
import type { FleetCourse } from '#lib/cash/fleet-course';
import type { TrafficPath } from '#lib/cash/traffic-path';

/** What turns a purchase into money over time. What is paid by use follows the path of the traffic. */
export interface LineContext extends TrafficPath {
  readonly prices: PriceBook;
  readonly horizonMonths: number;
  readonly discountRatePerYear: number;
  /** Traffic as a multiple of the described one, for what does not follow it in proportion. @default 1 */
  readonly volume?: number;
  /** Of the fleet that quantities are stated for. @default - it stays as it is deployed */
  readonly fleet?: FleetCourse | null;
}
