/** What a model is exported as. */
import { type Static, Type } from '#typebox';
import { StringEnum } from './common.js';

const ExportFormat = StringEnum(['onnx', 'safetensors', 'bundle']);
export type ExportFormat = Static<typeof ExportFormat>;

export const ExportQuery = Type.Object(
  {
    format: Type.Optional({
      ...ExportFormat,
      default: 'onnx',
      description:
        'onnx: operators of opset 17. safetensors: the weights, with spec and preparation in the metadata. ' +
        'bundle: one JavaScript module that predicts by itself, in Node and in browsers',
    }),
    preparation: Type.Optional(
      Type.Boolean({
        default: true,
        description:
          'onnx: whether the file prepares columns and images itself; false: it takes one float matrix, `inputs`',
      }),
    ),
  },
  { additionalProperties: false },
);
