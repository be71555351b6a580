/** Which dataset, and which of its columns to predict. */
import type { Dataset } from '../../../src/schemas/dataset.js';
import { fieldAt, withField } from '../../lib/schema.js';
import { contentsOf } from '../datasets.js';

export interface DataChoiceProps {
  datasets: Dataset[];
  /** `dataset` of the spec. */
  data: unknown;
  set(data: unknown): void;
}

export function DataChoice({ datasets, data, set }: DataChoiceProps) {
  const id = fieldAt(data, 'id');
  const chosen = datasets.find((dataset) => dataset.id === id);
  return (
    <div class="panel">
      <label>
        Dataset
        <select
          required
          value={String(id ?? '')}
          onChange={({ currentTarget: { value } }) => set({ ...(value && { id: value }) })}
        >
          <option value="">Choose one</option>
          {datasets.map((dataset) => (
            <option key={dataset.id} value={dataset.id}>
              {dataset.name}: {contentsOf(dataset)}
            </option>
          ))}
        </select>
      </label>
      {chosen?.kind === 'table' && (
        <label>
          Target: the column to predict
          <select
            value={String(fieldAt(data, 'target') ?? '')}
            onChange={({ currentTarget: { value } }) => set(withField(data, 'target', value || undefined))}
          >
            <option value="">Choose one</option>
            {chosen.columns.map(({ name, type }) => (
              <option key={name} value={name}>
                {name} ({type})
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}
