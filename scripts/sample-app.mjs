import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Half of them free, as apps are. */
const KINDS = [
  ['AWS::EC2::Instance', { InstanceType: 'm6i.xlarge' }],
  ['AWS::S3::Bucket', {}],
  ['AWS::Lambda::Function', { MemorySize: 512, Role: { 'Fn::GetAtt': ['R3', 'Arn'] } }],
  ['AWS::IAM::Role', { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } }],
  ['AWS::EC2::NatGateway', { SubnetId: { Ref: 'R7' } }],
  ['AWS::SQS::Queue', { VisibilityTimeout: 30 }],
  ['AWS::IAM::Policy', { PolicyName: 'p', Roles: [{ Ref: 'R3' }] }],
  ['AWS::EC2::Subnet', { CidrBlock: '10.0.0.0/24' }],
  ['AWS::EC2::SecurityGroup', { GroupDescription: 'g' }],
  ['AWS::Logs::LogGroup', { RetentionInDays: 30 }],
];

/** Writes a template of so many resources into the folder, and says where. */
export function sampleApp(resources, folder) {
  const entries = Array.from({ length: resources }, (_, index) => {
    const [Type, Properties] = KINDS[index % KINDS.length];
    return [`R${index}`, { Type, Properties }];
  });
  const file = join(folder, `app-of-${resources}.template.json`);
  writeFileSync(file, JSON.stringify({ Resources: Object.fromEntries(entries) }, null, 1));
  return file;
}
