import { LandfallError } from '#lib/errors/landfall-error';

/**
 * Text that one back end completes while it applies, such as a reference to a Terraform variable. Its adapter writes it
 * as it is; every other back end stops at `toJSON`, since it would write an expression that nobody resolves.
 */
export class Verbatim {
  public readonly text: string;

  public constructor(text: string) {
    this.text = text;
  }

  /** @throws LandfallError NOT_SYNTHESIZABLE always: only the adapter that it was made for reads `text` */
  public toJSON(): never {
    throw new LandfallError({
      code: 'NOT_SYNTHESIZABLE',
      at: 'site inventory',
      got: this.text,
      expected: 'the value itself',
      fix: 'give the inventory of the site, or synthesize Terraform, which asks for it when it is applied',
    });
  }
}
