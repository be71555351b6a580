/** The checkpoints that a job keeps, to take away or to pin. */
import { useEffect } from 'preact/hooks';
import type { Static } from '#typebox';
import type { Checkpoint, CheckpointPage } from '../../../src/schemas/run.js';
import { ask } from '../../api.js';
import { ProblemNote } from '../../components/problem-note.js';
import { Scroll } from '../../components/scroll.js';
import { Section } from '../../components/section.js';
import { useAction } from '../../hooks/use-action.js';
import { useGet } from '../../hooks/use-get.js';
import { ago, bytes, clock, number } from '../../lib/format.js';

/** `generation` rises when there may be other ones. */
export function Checkpoints({ jobId, generation }: { jobId: string; generation: number }) {
  const { data, problem, reload } = useGet<Static<typeof CheckpointPage>>(`/v1/jobs/${jobId}/checkpoints`);
  useEffect(reload, [generation]);
  const { problem: refused, busy, run } = useAction();
  const pin = ({ id, pinned }: Checkpoint) =>
    run(async () => {
      await ask(`/v1/checkpoints/${id}`, { method: 'PATCH', body: { pinned: !pinned } });
      reload();
    });
  return (
    <Section title="Checkpoints">
      <ProblemNote problem={problem ?? refused} />
      {data && !data.items.length && (
        <p class="empty">None yet: the first is written with the first evaluation, or at the end.</p>
      )}
      {data && data.items.length > 0 && (
        <Scroll label="Files">
          <table>
            <thead>
              <tr>
                <th scope="col">Step</th>
                <th scope="col">Kind</th>
                <th scope="col">Size</th>
                <th scope="col">Bytes checked</th>
                <th scope="col">File</th>
                <th scope="col">Keep</th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((checkpoint) => (
                <tr key={checkpoint.id}>
                  <td class="numeric">{number(checkpoint.step)}</td>
                  <td>
                    {checkpoint.kind}
                    {checkpoint.best && ', best so far'}
                  </td>
                  <td class="numeric">{bytes(checkpoint.bytes)}</td>
                  <td title={clock(checkpoint.verified.at)}>
                    {checkpoint.verified.ok ? `whole, ${ago(checkpoint.verified.at)}` : 'damaged'}
                  </td>
                  <td>
                    <a href={`/v1/checkpoints/${checkpoint.id}/file`} download>
                      safetensors<span class="hidden"> of step {checkpoint.step}</span>
                    </a>
                  </td>
                  <td>
                    <button
                      type="button"
                      class="plain"
                      disabled={busy}
                      aria-pressed={checkpoint.pinned}
                      onClick={() => pin(checkpoint)}
                    >
                      {checkpoint.pinned ? 'Unpin' : 'Pin'}
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </Section>
  );
}
