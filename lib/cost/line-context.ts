import type { PriceBook } from '#lib/catalog/prices';
import type { FleetCourse } from '#lib/cost/fleet-course';
import type { TrafficPath } from '#lib/plan/traffic-path';

/** What turns a purchase into money over time. What is paid by use follows the path of the traffic. */
export interface LineContext extends TrafficPath {
  readonly prices: PriceBook;
  readonly horizonMonths: number;
  readonly discountRatePerYear: number;
  /** Of the fleet that quantities are stated for. @default - it stays as it is deployed */
  readonly fleet?: FleetCourse | null;
}
