/** A value of a template or a configuration after its references were followed as far as they go. */
export type ArtifactValue =
  | string
  | number
  | boolean
  | null
  | Unresolved
  | readonly ArtifactValue[]
  | { readonly [key: string]: ArtifactValue };

/** A value that only the deployment knows, or that an input would decide. */
export class Unresolved {
  /** @param dependsOn - What decides it, for people: `parameter InstanceType`, `attribute Arn of Serving/Endpoint` */
  readonly dependsOn: string;

  constructor(dependsOn: string) {
    this.dependsOn = dependsOn;
  }
}

export type ArtifactFormat = 'cloudformation' | 'terraform' | 'kubernetes';

/** One resource of synthesized infrastructure code, as its format declares it. */
export interface ArtifactResource {
  /** Unique in its bill: `StackName/LogicalId`, `module.a.aws_instance.b[0]`, `Stack/kind/namespace/name`. */
  readonly address: string;
  /** Construct path where the artifact records it (`aws:cdk:path`); `null` elsewhere. */
  readonly path: string | null;
  readonly format: ArtifactFormat;
  /** `AWS::SageMaker::Endpoint`, `aws_instance`, `apps/v1/Deployment`. */
  readonly type: string;
  /** Region where it would stand; `null` where the artifact does not say. */
  readonly region: string | null;
  readonly properties: { readonly [key: string]: ArtifactValue };
  /** Addresses of resources that its properties point to, by reference. */
  readonly references: readonly string[];
}
