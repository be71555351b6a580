/** What a profile is asked for, held to what the dataset is. */
import { Type } from '#typebox';
import { fillDefaults } from '../../engine/index.js';
import type { DatasetContents } from '../../schemas/dataset.js';
import { ColumnsData, ImagesData, type ProfiledData, TextData, TextsData } from '../../schemas/dataset-spec.js';
import { refuseField } from '../resolve-checks.js';
import type { ProfileSpec } from './profile.js';

const TableData = Type.Object({ ...ColumnsData.properties, ...TextsData.properties });

/** Throws DataError `unsuitable_field`; whether the columns exist is seen when they are read. */
export function resolveProfile(contents: DatasetContents, asked: ProfiledData, seed: number): ProfileSpec {
  const { target = null, ignore = [] } = asked;
  const dataset = { id: '', ...asked };
  const filled = (schema: Parameters<typeof fillDefaults>[0], given: object = asked) =>
    (fillDefaults(schema, given) as Pick<ProfileSpec, 'split'>).split;
  switch (contents.kind) {
    case 'table':
      refuseField(dataset, TableData, 'a table');
      return { target, ignore, split: filled(TableData), seed };
    case 'images': {
      refuseField(dataset, ImagesData, 'a dataset of images');
      const split = asked.split ?? { type: contents.testRowCount > 0 ? 'given' : 'random' };
      return { target, ignore, split: filled(ImagesData, { split }), seed };
    }
    case 'text':
      refuseField(dataset, TextData, 'a text');
      return { target, ignore, split: null, seed };
    default:
      throw new Error(`contents ${contents satisfies never}`);
  }
}
