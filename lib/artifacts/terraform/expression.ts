/** An expression of the Terraform language, in the forms that this reader follows. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  /** Texts and expressions side by side; one expression alone keeps its type. */
  | { readonly kind: 'template'; readonly parts: readonly Expression[] }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'attribute'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'index'; readonly of: Expression; readonly key: Expression }
  /** `of[*].a.b`: `each` is applied to every item, which stands in it as the name `SPLAT_ITEM`. */
  | { readonly kind: 'splat'; readonly of: Expression; readonly each: Expression }
  | { readonly kind: 'unary'; readonly operator: '-' | '!'; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'conditional';
      readonly condition: Expression;
      readonly whenTrue: Expression;
      readonly whenFalse: Expression;
    }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly operands: readonly Expression[];
      /** The last operand is a list of operands: `f(list...)`. */
      readonly spread: boolean;
    }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'mapping'; readonly entries: readonly (readonly [Expression, Expression])[] }
  | {
      readonly kind: 'for';
      readonly keyName: string | null;
      readonly valueName: string;
      readonly collection: Expression;
      /** `null` where the result is a list. */
      readonly key: Expression | null;
      readonly value: Expression;
      readonly condition: Expression | null;
      /** `=> value...`: values of one key become a list. */
      readonly grouped: boolean;
    };

/** No name of the language can be this one. */
export const SPLAT_ITEM = '[*]';
