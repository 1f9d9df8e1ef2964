import { aws_iam as iam, type aws_kms as kms, aws_sns as sns } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Where alarms are said: encrypted, over TLS only. People subscribe to it; nothing here knows who. */
export function alarmTopic(scope: Construct, id: string, key: kms.Key): sns.Topic {
  const topic = new sns.Topic(scope, id, {
    displayName: 'Alarms of the model server',
    masterKey: key,
    enforceSSL: true,
  });
  // An alarm cannot write into a topic whose key does not let it in.
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
    }),
  );
  return topic;
}
