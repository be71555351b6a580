/** How the weights of a layer are drawn: as its activation asks for, or as the spec says. */
import { type Static, Type } from '#typebox';
import { he, type Initializer, normal, xavier } from '../initializers.js';
import { tagged } from '../tagged.js';
import { type ActivationName, activations } from './activation.js';

const closed = { additionalProperties: false };
/** GPT-2's. */
const defaultDeviation = 0.02;

export const InitializerSpec = tagged(
  [
    Type.Object({ type: Type.Literal('auto') }, closed),
    Type.Object({ type: Type.Literal('he') }, closed),
    Type.Object({ type: Type.Literal('xavier') }, closed),
    Type.Object(
      {
        type: Type.Literal('normal'),
        deviation: Type.Optional(Type.Number({ minimum: 0, maximum: 1e6, default: defaultDeviation })),
      },
      closed,
    ),
  ],
  {
    default: { type: 'auto' },
    description: 'auto: he in front of activations that pass about half of their inputs, else xavier',
  },
);
export type InitializerSpec = Static<typeof InitializerSpec>;

export interface Fans {
  /** The activation that follows. */
  readonly activation: ActivationName | 'identity';
  readonly fanIn: number;
  readonly fanOut: number;
}

export function weightsInitializer(
  spec: InitializerSpec = { type: 'auto' },
  { activation, fanIn, fanOut }: Fans,
): Initializer {
  switch (spec.type) {
    case 'auto': {
      const type = activation === 'identity' ? 'xavier' : activations[activation].weights;
      return weightsInitializer({ type }, { activation, fanIn, fanOut });
    }
    case 'he':
      return he(fanIn);
    case 'xavier':
      return xavier(fanIn, fanOut);
    case 'normal':
      return normal(spec.deviation ?? defaultDeviation);
    default:
      return spec satisfies never;
  }
}
