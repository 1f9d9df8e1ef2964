import { unpriced, type ResourcePricing } from '#lib/cost/resources/component';

/** Resources whose price stands in none of their properties, each with where it does stand. */
function decidedElsewhere(why: string, types: readonly string[]): ResourcePricing {
  return { types, cost: () => unpriced(why) };
}

export const elsewhere: readonly ResourcePricing[] = [
  decidedElsewhere(
    'the offering that it buys decides its price; what it covers is billed at the list price',
    [
      'aws_elasticache_reserved_cache_node',
      'aws_memorydb_reserved_node',
      'aws_rds_reserved_instance',
      'aws_savingsplans_savings_plan',
    ],
  ),
  decidedElsewhere(
    'the instances and balancers that it makes follow from its options, and stand in no template',
    ['AWS::ElasticBeanstalk::Environment', 'aws_elastic_beanstalk_environment'],
  ),
  decidedElsewhere('what it holds is not part of these artifacts', [
    'AWS::CloudFormation::StackSet',
    'aws_cloudformation_stack',
    'aws_cloudformation_stack_set',
    'aws_cloudformation_stack_instances',
    'aws_cloudformation_stack_set_instance',
  ]),
];
