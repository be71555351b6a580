/** What a job that begins with other weights tells the engine of it. */
import type { Tuning } from '../engine/index.js';
import type { Initialized, ResolvedInitialize } from '../schemas/initialize.js';

export const tuningOf = (
  { lora }: Pick<ResolvedInitialize, 'lora'>,
  { frozen, corrected }: Pick<Initialized, 'frozen' | 'corrected'>,
): Tuning => ({ frozen, lora: lora && { ...lora, targets: corrected } });
