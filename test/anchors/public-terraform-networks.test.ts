import { describe, expect, it } from 'vitest';
import { cents, linesOf } from '../_support/terraform-lines';

/** As `public-terraform.test.ts`: networks, tasks and nodes of public modules, each line by hand. */
const HOURS = 730;

describe('networks, tasks and nodes', () => {
  it('have the options that are switched on', () => {
    const billed = linesOf({
      aws_lb: { appliances: { load_balancer_type: 'gateway', subnets: ['a', 'b'] } },
      aws_cloudfront_distribution: {
        own: { viewer_certificate: { ssl_support_method: 'vip' } },
        shared: { viewer_certificate: { ssl_support_method: 'sni-only' } },
      },
      aws_route53_health_check: {
        plain: { type: 'HTTP' },
        all: { type: 'HTTPS_STR_MATCH', measure_latency: true, request_interval: 10 },
      },
    });
    expect(billed).toEqual({
      // Not the price of an application balancer, and no addresses.
      'aws_lb.appliances.hours': null,
      'aws_lb.appliances.capacity': null,
      'aws_cloudfront_distribution.own.addresses': 600,
      'aws_route53_health_check.plain.check': 0.5,
      'aws_route53_health_check.all.check': 0.5,
      'aws_route53_health_check.all.options': 4,
    });
  });

  it('of Fargate cost less on ARM, and more with a larger disk', () => {
    const billed = linesOf({
      aws_ecs_service: {
        api: {
          task_definition: '${aws_ecs_task_definition.api.arn}',
          desired_count: 3,
          launch_type: 'FARGATE',
        },
      },
      aws_ecs_task_definition: {
        api: {
          cpu: '1024',
          memory: '4096',
          runtime_platform: { cpu_architecture: 'ARM64' },
          ephemeral_storage: { size_in_gib: 50 },
        },
      },
    });
    expect(billed).toEqual({
      'aws_ecs_service.api.cpu': cents(3 * HOURS * 0.03238),
      'aws_ecs_service.api.memory': cents(3 * 4 * HOURS * 0.00356),
      'aws_ecs_service.api.disk': null,
    });
  });

  it('that are watched closely pay for it, and one that is stopped only for its disk', () => {
    const billed = linesOf({
      aws_launch_template: { core: { monitoring: { enabled: true } } },
      aws_eks_node_group: {
        core: {
          instance_types: ['m5.xlarge'],
          scaling_config: { min_size: 2, max_size: 8, desired_size: 2 },
          launch_template: { id: '${aws_launch_template.core.id}' },
        },
      },
      aws_instance: {
        dev: { instance_type: 'g5.xlarge', root_block_device: { volume_size: 100, volume_type: 'gp3' } },
      },
      aws_ec2_instance_state: { dev: { instance_id: '${aws_instance.dev.id}', state: 'stopped' } },
    });
    expect(billed).toEqual({
      'aws_eks_node_group.core.instance': cents(2 * HOURS * 0.192),
      'aws_eks_node_group.core.root-volume': cents(2 * 20 * 0.08),
      'aws_eks_node_group.core.monitoring': cents(2 * 7 * 0.3),
      'aws_instance.dev.root-volume': 8,
    });
  });
});
