import type { Model } from '#lib/catalog/models';
import type { PredictedPiece } from '#lib/sizing/predicted-piece';
import { predictorFor, type Predictor, type SizingMethod } from '#lib/sizing/predictor';

/** Of a file of sweeps: each holds what some hundred runs nearby say, 100 KB at most. */
const MOST_KEPT = 200;

/** Predictors of what was asked lately: a sweep asks the same but for the concurrency, run by run. */
export class KeptPredictors {
  private readonly method: SizingMethod;
  private byModel = new WeakMap<Model, Map<string, Predictor | null>>();
  private count = 0;

  public constructor(method: SizingMethod) {
    this.method = method;
  }

  /** As {@link predictorFor} makes it. */
  public for(piece: PredictedPiece): Predictor | null {
    const key = keyOf(piece);
    const known = this.byModel.get(piece.model)?.get(key);
    if (known !== undefined) return known;
    const predictor = predictorFor(piece, this.method);
    this.keep(piece.model, key, predictor);
    return predictor;
  }

  private keep(model: Model, key: string, predictor: Predictor | null): void {
    if (this.count >= MOST_KEPT) [this.byModel, this.count] = [new WeakMap(), 0];
    let ofModel = this.byModel.get(model);
    if (ofModel === undefined) this.byModel.set(model, (ofModel = new Map()));
    ofModel.set(key, predictor);
    this.count += 1;
  }
}

/** Everything but the model; accelerators are those of one catalog, by their ids. */
function keyOf(piece: PredictedPiece): string {
  return JSON.stringify({ ...piece, model: null, accelerator: piece.accelerator.id });
}
