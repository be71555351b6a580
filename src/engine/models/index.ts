/** Every model. To add one: its file, its spec in the union, its line in the table; a missing line does not compile. */
import type { Static } from '#typebox';
import type { Resolved } from '../resolved.js';
import { tagged } from '../tagged.js';
import { BertSpec, bert } from './bert.js';
import { GptSpec, gpt } from './gpt.js';
import { MlpSpec, mlp } from './mlp.js';
import type { Model } from './model.js';
import { SequentialSpec, sequential } from './sequential.js';

export const ModelSpec = tagged([MlpSpec, SequentialSpec, GptSpec, BertSpec], { description: 'What is trained' });
export type ModelSpec = Static<typeof ModelSpec>;
export type ResolvedModelSpec = Resolved<ModelSpec>;

const models: { readonly [Type in ModelSpec['type']]: Model<Extract<ResolvedModelSpec, { type: Type }>> } = {
  mlp,
  sequential,
  gpt,
  bert,
};

export const modelOf = (spec: ResolvedModelSpec): Model<ResolvedModelSpec> => models[spec.type];
