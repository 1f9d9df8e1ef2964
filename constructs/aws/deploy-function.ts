import type { Construct } from 'constructs';
import { acknowledge, nistAndHipaa } from '#constructs/aws/acknowledged';

/** Rules about functions that serve somebody, for one that only a deployment calls. */
export function acknowledgeDeployFunction(handler: Construct): void {
  acknowledge(
    handler,
    [
      ...nistAndHipaa('LambdaConcurrency'),
      ...nistAndHipaa('LambdaDLQ'),
      'Serverless-LambdaDLQ',
      'Serverless-LambdaTracing',
    ],
    'runs only while CloudFormation deploys, one call after the other, which waits for its answer and reports what fails',
  );
}
