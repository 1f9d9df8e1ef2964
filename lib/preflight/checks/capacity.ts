import { IDENTITY } from '#lib/preflight/checks/account';
import type { Deployment, PreflightRequest } from '#lib/preflight/deployment';
import { failed, passed, warned, type Judge, type Requirement } from '#lib/preflight/requirement';

/** Capacity that is held for the account. */
export interface Reservation {
  readonly id: string;
  readonly type: 'default' | 'capacity-block';
  /** `active`, `scheduled`, `payment-pending`, … */
  readonly state: string;
  readonly zone: string;
  readonly total: number;
  readonly available: number;
  /** Its end, where it has one: `2026-12-24T11:30:00.000Z`. */
  readonly end: string | null;
}

export interface CapacityKinds {
  /** Zones in which a type is offered. */
  readonly offering: {
    readonly asks: { readonly region: string; readonly type: string; readonly zones: readonly string[] };
    readonly answer: readonly string[];
  };
  /** Reservations and capacity blocks of a type. */
  readonly reservation: {
    readonly asks: {
      readonly region: string;
      readonly type: string;
      readonly nodes: number;
      readonly zones: readonly string[];
      /** `capacity-block` where nothing else is bought. */
      readonly purchase: string;
    };
    readonly answer: readonly Reservation[];
  };
}

/** Whether the region has what the plan stands on. SageMaker tells nobody where it has which instances. */
export function capacityRequirements({ deployments }: PreflightRequest): Requirement[] {
  return deployments.flatMap(poolRequirements);
}

function poolRequirements({ plan, provisioner }: Deployment): Requirement[] {
  const { region } = plan.network;
  if (provisioner !== 'cdk' || region === null) return [];
  return plan.nodePools.flatMap(({ id, shape, role, zones, nodes, purchase }): Requirement[] => {
    if (shape.startsWith('ml.')) return [];
    const offering: Requirement = {
      id: `capacity.offering.${shape}.${region}`,
      group: 'capacity',
      subject: shape,
      needs: [IDENTITY],
      kind: 'offering',
      asks: { region, type: shape, zones },
    };
    // CPU nodes are not scarce, and what may be taken back is not reserved.
    if (role !== 'gpu' || purchase === 'spot') return [offering];
    return [
      offering,
      {
        id: `capacity.reservation.${plan.option}.${id}`,
        group: 'capacity',
        subject: `${shape}, held`,
        needs: [offering.id],
        kind: 'reservation',
        asks: { region, type: shape, nodes: nodes.max, zones, purchase },
      },
    ];
  });
}

export const judgeOffering: Judge<'offering'> = ({ region, type, zones }, offered) => {
  if (offered.length === 0) {
    return failed(
      `${type} is not offered in ${region}`,
      `choose another region or instance: aws ec2 describe-instance-type-offerings --filters Name=instance-type,Values=${type} --region <region>`,
    );
  }
  const missing = zones.filter((zone) => !offered.includes(zone));
  const where = offered.toSorted().join(', ');
  if (missing.length === 0) return passed(`${type} is offered in ${where}`);
  const text = `${type} is offered in ${where} only, the plan spans ${zones.join(', ')}`;
  return missing.length === zones.length
    ? failed(text, 'choose another region, or an instance that these zones have')
    : warned(text, 'nodes stand in the zones that have it: one zone less to fail over to');
};

export const judgeReservation: Judge<'reservation'> = ({ type, nodes, zones, purchase }, all) => {
  const isBlock = purchase === 'capacity-block';
  const fits = all.filter(
    (each) =>
      (!isBlock || each.type === 'capacity-block') && (zones.length === 0 || zones.includes(each.zone)),
  );
  const active = fits.filter(({ state }) => state === 'active');
  const held = active.reduce((sum, { available }) => sum + available, 0);
  const named = active.map(
    ({ id, zone, available, end }) =>
      `${id} in ${zone}: ${available}${end === null ? '' : `, until ${end.slice(0, 10)}`}`,
  );
  const text = `${held} of ${nodes} × ${type} held${named.length === 0 ? '' : ` (${named.join('; ')})`}`;
  if (held >= nodes) return passed(text);
  const coming = fits.filter(({ state }) => state !== 'active').map(({ id, state }) => `${id} is ${state}`);
  const more = coming.length === 0 ? text : `${text}; ${coming.join(', ')}`;
  if (!isBlock) return warned(`${more}: on demand nobody promises it`);
  return failed(
    more,
    `aws ec2 describe-capacity-block-offerings --instance-type ${type} --instance-count ${nodes - held} --capacity-duration-hours 24`,
  );
};
