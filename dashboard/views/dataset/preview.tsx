/** The first rows, before and after augmentation, as the first epoch has them. */
import { useState } from 'preact/hooks';
import type { Dataset } from '../../../src/schemas/dataset.js';
import type { Preview } from '../../../src/schemas/preview.js';
import { ProblemNote } from '../../components/problem-note.js';
import { SchemaField } from '../../components/schema-field.js';
import { Scroll } from '../../components/scroll.js';
import { Section } from '../../components/section.js';
import { useGet } from '../../hooks/use-get.js';
import { useOpenApi } from '../../hooks/use-openapi.js';
import { shown } from '../../lib/format.js';

export function PreviewSection({ dataset }: { dataset: Dataset }) {
  const [augmentation, setAugmentation] = useState<unknown>();
  const document = useOpenApi();
  const query = augmentation ? `&augmentation=${encodeURIComponent(JSON.stringify(augmentation))}` : '';
  const { data, problem } = useGet<Preview>(`/v1/datasets/${dataset.id}/preview?count=8${query}`);
  return (
    <Section title="Preview">
      {dataset.kind === 'images' && document && (
        <SchemaField
          name="augmentation"
          path="/augmentation"
          schema={{ $ref: '#/components/schemas/Augmentations' }}
          value={augmentation}
          set={setAugmentation}
          context={{ document, resolved: undefined, errors: new Map() }}
        />
      )}
      <ProblemNote problem={problem} />
      {data && <Rows preview={data} />}
    </Section>
  );
}

function Rows({ preview }: { preview: Preview }) {
  switch (preview.kind) {
    case 'table': {
      const names = Object.keys(preview.rows[0] ?? {});
      return (
        <Scroll label="First rows">
          <table class="numeric">
            <thead>
              <tr>
                {names.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {preview.rows.map((row, i) => (
                <tr key={i}>
                  {names.map((name) => (
                    <td key={name}>{row[name] === null ? <span class="muted">missing</span> : shown(row[name])}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      );
    }
    case 'images':
      return (
        <div class="samples">
          {preview.samples.map(({ before, after }, i) => {
            const label = before.labels?.map((part) => part.label).join(', ') ?? `row ${i}`;
            return (
              <figure key={i}>
                <img src={before.image} alt={`${label}, before`} />
                <img src={after.image} alt={`${label}, after`} />
                <figcaption>{label}</figcaption>
              </figure>
            );
          })}
        </div>
      );
    case 'texts':
      return (
        <ol>
          {preview.samples.map(({ after }, i) => (
            <li key={i}>{after.text}</li>
          ))}
        </ol>
      );
    case 'inputs':
      return null; // asked for with `dataset` only, which this view never is
  }
}
