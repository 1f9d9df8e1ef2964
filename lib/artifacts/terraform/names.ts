import type { Effort } from '#lib/artifacts/effort';
import { Unresolved, type ArtifactValue } from '#lib/artifacts/resource';
import { brief, ReferenceTo } from '#lib/artifacts/unresolved';

/** A value with the addresses of the resources it was made from. */
export interface Traced {
  readonly value: ArtifactValue;
  readonly references: readonly string[];
}

/** What the names of one module mean. */
export interface Names {
  readonly effort: Effort;
  /**
   * What a name with its attributes stands for, and how many of the attributes that took: `var.size` takes one,
   * `aws_instance.web.id` takes the name.
   */
  resolve(root: string, attributes: readonly string[]): Traced & { readonly used: number };
}

/** A resource, or a module, as other expressions see it: its attributes are looked up when they are needed. */
export class ResourceObject extends ReferenceTo {
  private readonly lookUp: (attribute: string) => Traced;
  /** `false` where it is not known how many there are, so that this stands for any of them. */
  public readonly isOne: boolean;

  public constructor(address: string, isOne: boolean, lookUp: (attribute: string) => Traced) {
    super(address, null);
    this.isOne = isOne;
    this.lookUp = lookUp;
  }

  public at(attribute: string): Traced {
    return this.lookUp(attribute);
  }
}

/** The outputs of a module. */
export class ModuleObject extends Unresolved {
  private readonly lookUp: (output: string) => Traced;
  public readonly isOne: boolean;

  public constructor(address: string, isOne: boolean, lookUp: (output: string) => Traced) {
    super(address);
    this.isOne = isOne;
    this.lookUp = lookUp;
  }

  public at(output: string): Traced {
    return this.lookUp(output);
  }
}

/** A step from a value that is not known: it stays unknown, and says more closely what decides it. */
export function stepFrom(value: Unresolved, step: string): Unresolved {
  if (value instanceof ReferenceTo && value.attribute !== null) {
    return new ReferenceTo(value.address, brief(value.attribute + step));
  }
  return new Unresolved(brief(value.dependsOn + step));
}
