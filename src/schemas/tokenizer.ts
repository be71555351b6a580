/** The vocabulary of a model that reads text. */
import { type Static, Type } from '#typebox';
import { Id, StringEnum } from './common.js';

const ids = (description: string) => Type.Record(Type.String(), Type.Integer(), { description });

const vocabulary = {
  type: StringEnum(['character', 'byte', 'bpe']),
  specialTokens: ids('Ids of what stands for no text: `padding`, `unknown`, `class`, `mask`'),
  vocab: ids(
    'Id of each other token. Of bytes and byte pairs, each byte is written as one printable character, as GPT-2 has them: Ġ is the space',
  ),
  merges: Type.Array(Type.String(), {
    description: 'bpe: `left right`, the first learnt first. With `vocab`, what a tokenizer.json has under `model`',
  }),
};
export const Tokenizer = Type.Object(
  { modelId: Id('model'), ...vocabulary },
  { $id: 'Tokenizer', additionalProperties: false },
);
export type Tokenizer = Static<typeof Tokenizer>;
/** Without the model that it belongs to. */
export type Vocabulary = Omit<Tokenizer, 'modelId'>;
