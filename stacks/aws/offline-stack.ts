import { Stack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Plan } from '#lib/plan/plan';

export interface OfflineStackProps {
  readonly plan: Plan;
  /** Refuses deletion of the stack until switched off. @default true */
  readonly terminationProtection?: boolean;
}

/** Availability zones that every region has by this suffix. */
const COMMON_ZONES = ['a', 'b'];

/** Stack of a plan that never looks anything up: the account stays open, region and zones come from the plan. */
export class OfflineStack extends Stack {
  private readonly plan: Plan;

  public constructor(scope: Construct, id: string, props: OfflineStackProps) {
    const { plan } = props;
    super(scope, id, {
      stackName: `${plan.environment}-${plan.option}-${id.toLowerCase()}`,
      description: `${plan.environment}: ${plan.scenario} on ${plan.target}, ${id.toLowerCase()}`,
      env: plan.network.region === null ? {} : { region: plan.network.region },
      terminationProtection: props.terminationProtection ?? true,
    });
    this.plan = plan;
    Tags.of(this).add('landfall:environment', plan.environment);
    Tags.of(this).add('landfall:option', plan.option);
    Tags.of(this).add('landfall:scenario', plan.scenario);
  }

  /** The base class would ask the account, which costs credentials and makes the synth depend on where it runs. */
  public override get availabilityZones(): string[] {
    const { zones, region } = this.plan.network;
    return zones.length > 0 ? [...zones] : COMMON_ZONES.map((zone) => `${region ?? this.region}${zone}`);
  }
}
