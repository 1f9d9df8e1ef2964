import { aws, components, standing, type ResourcePricing } from '#lib/cost/resources/component';
import { needed, numberAt, textAt } from '#lib/cost/resources/facts';
import { freeOf } from '#lib/cost/resources/services/meters';

/** A cache before tables of DynamoDB: nodes of one type, the first and its replicas. */
const cluster: ResourcePricing = {
  types: ['AWS::DAX::Cluster', 'aws_dax_cluster'],
  cost: (resource, context) => {
    const type = needed(textAt(resource, 'NodeType'), 'NodeType');
    const nodes = needed(numberAt(resource, 'ReplicationFactor'), 'ReplicationFactor');
    const price = aws('dax', type, 'instance-hour', context);
    return components(standing('nodes', type, price, 'platform', context, nodes));
  },
};

const definitions = freeOf('a setting of clusters, which are billed', [
  'AWS::DAX::ParameterGroup',
  'AWS::DAX::SubnetGroup',
  'aws_dax_parameter_group',
  'aws_dax_subnet_group',
]);

export const dax: readonly ResourcePricing[] = [cluster, definitions];
