/**
 * What of a model learns where it starts from weights that have learnt before: some parameters are frozen, and some weight
 * matrices W [inputs, units] are frozen but for a correction of low rank (LoRA, Hu et al. 2021), W + α/r · A B with
 * A [inputs, r] from N(0, 1/inputs) and B [r, units] of zeros, so that the model begins as it was.
 */
import { normal, zeros } from './initializers.js';
import type { ParameterSpec } from './layers/layer.js';

/** Parameters by their full names: `hidden.0.weight`. */
export interface Tuning {
  /** That no update moves. */
  readonly frozen: readonly string[];
  readonly lora: Lora | null;
}

export interface Lora {
  readonly rank: number;
  readonly alpha: number;
  /** Weights that are corrected, each of them `adaptable`. */
  readonly targets: readonly string[];
}

/** The factors of a weight's correction, named by it. */
export const downOf = (weight: string): string => `${weight}.loraA`;
export const upOf = (weight: string): string => `${weight}.loraB`;

export const loraScale = ({ rank, alpha }: Lora): number => alpha / rank;

const frozen = (spec: ParameterSpec): ParameterSpec => ({ ...spec, learnt: false, penalised: false });

/** The parameter as it is tuned, with the factors of its correction. */
export function tuned(spec: ParameterSpec, fullName: string, { lora, ...tuning }: Tuning): ParameterSpec[] {
  if (lora?.targets.includes(fullName)) {
    const [inputs, units] = spec.shape as [number, number];
    const { name } = spec;
    const factor = { penalised: true };
    return [
      frozen(spec),
      { ...factor, name: downOf(name), shape: [inputs, lora.rank], initializer: normal(1 / Math.sqrt(inputs)) },
      { ...factor, name: upOf(name), shape: [lora.rank, units], initializer: zeros },
    ];
  }
  return [tuning.frozen.includes(fullName) ? frozen(spec) : spec];
}
