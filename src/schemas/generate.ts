/** What a language model is asked, and what it answers. */
import { type Static, Type } from '#typebox';
import type { Resolved } from '../engine/index.js';
import { Id, StringEnum } from './common.js';

export const GenerateRequest = Type.Object(
  {
    prompt: Type.String({
      minLength: 1,
      maxLength: 100_000,
      description: 'What the text goes on from; the model sees as much of its end as its context takes',
    }),
    maxTokens: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, default: 200 })),
    temperature: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 100,
        default: 1,
        description: '0: always the likeliest; the higher, the more even',
      }),
    ),
    topK: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 16_777_216,
        description: 'Draws from so many of the likeliest; default all',
      }),
    ),
    topP: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        maximum: 1,
        default: 1,
        description: 'Draws from the fewest likeliest (of topK) that have this share of the probability',
      }),
    ),
    stop: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 1000 }), {
        maxItems: 8,
        default: [],
        description: 'The text ends before the first of these, wherever their tokens end',
      }),
    ),
    seed: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, default: 1 })),
  },
  { $id: 'GenerateRequest', additionalProperties: false },
);
export type GenerateRequest = Static<typeof GenerateRequest>;
export type ResolvedGenerateRequest = Resolved<Omit<GenerateRequest, 'topK'>> & Pick<GenerateRequest, 'topK'>;

const answer = {
  text: Type.String({ description: 'Without the prompt' }),
  tokens: Type.Array(Type.Integer(), {
    description: 'Ids of the tokens that were drawn; where it stopped, the last are those of the stop',
  }),
  finishReason: StringEnum(['maxTokens', 'stop', 'timeLimit'], { description: 'timeLimit: after 30 s of computing' }),
};
export const GenerateResponse = Type.Object(
  { modelId: Id('model'), ...answer },
  { $id: 'GenerateResponse', additionalProperties: false },
);
export type GenerateResponse = Static<typeof GenerateResponse>;
export type Generation = Omit<GenerateResponse, 'modelId'>;

/** One frame of a streamed answer. */
export interface GeneratedToken {
  /** What can be told now: empty while a character or a stop may be unfinished. One after the other they are the text. */
  text: string;
  token: number;
}
