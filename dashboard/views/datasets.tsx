/** All datasets, and the way to add one. */
import { useState } from 'preact/hooks';
import type { Static } from '#typebox';
import type { Dataset, DatasetPage } from '../../src/schemas/dataset.js';
import { Page } from '../components/page.js';
import { ProblemNote } from '../components/problem-note.js';
import { Scroll } from '../components/scroll.js';
import { Section } from '../components/section.js';
import { useAction } from '../hooks/use-action.js';
import { useGet } from '../hooks/use-get.js';
import { ago, bytes, number } from '../lib/format.js';
import { upload } from '../upload.js';

export function DatasetsView() {
  const { data, problem } = useGet<Static<typeof DatasetPage>>('/v1/datasets');
  return (
    <Page title="Datasets">
      <Upload />
      <ProblemNote problem={problem} />
      {data && !data.items.length && <p class="empty">There are none yet. What you upload is read, typed and kept.</p>}
      {data && data.items.length > 0 && (
        <Section title="Uploaded">
          <Scroll label="Datasets">
            <table>
              <thead>
                <tr>
                  <th scope="col">Dataset</th>
                  <th scope="col">Holds</th>
                  <th scope="col">Size</th>
                  <th scope="col">Uploaded</th>
                </tr>
              </thead>
              <tbody>
                {data.items.map((dataset: Dataset) => (
                  <tr key={dataset.id}>
                    <td>
                      <a href={`#/datasets/${dataset.id}`}>{dataset.name}</a>
                    </td>
                    <td>{contentsOf(dataset)}</td>
                    <td class="numeric">{bytes(dataset.bytes)}</td>
                    <td class="small muted">{ago(dataset.createdAt)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        </Section>
      )}
    </Page>
  );
}

export function contentsOf(dataset: Dataset): string {
  switch (dataset.kind) {
    case 'table':
      return `${number(dataset.rowCount)} rows × ${number(dataset.columns.length)} columns`;
    case 'images':
      return `${number(dataset.rowCount)} images of ${dataset.shape.join(' × ')}, ${number(dataset.classes.length)} classes`;
    case 'text':
      return `${number(dataset.characters)} characters`;
    case 'weights':
      return `${number(dataset.tensors.length)} tensors`;
  }
}

function Upload() {
  const { busy, problem, run } = useAction();
  const [share, setShare] = useState(0);
  const choose = (event: Event) => {
    const input = event.currentTarget as HTMLInputElement;
    const file = input.files?.[0];
    if (!file) return;
    void run(async () => {
      setShare(0);
      try {
        const { id } = await upload(file, setShare);
        location.hash = `/datasets/${id}`;
      } finally {
        input.value = '';
      }
    });
  };
  return (
    <Section title="Upload">
      <label>
        A file: CSV, TSV, JSON Lines, Parquet, NumPy, text, or a zip or tar of images in one folder a class{' '}
        <input type="file" disabled={busy} onChange={choose} />
      </label>
      {busy && (
        <p role="status">
          <progress max={1} value={share} aria-label="Upload" />{' '}
          {share < 1 ? `${number(Math.floor(share * 100))} % sent` : 'Sent; it is being read.'}
        </p>
      )}
      <ProblemNote problem={problem} />
    </Section>
  );
}
