/** What is wrong with the data, the gravest first, each with its remedy. */
import type { DataProblem } from '../../../src/schemas/profile.js';
import { number } from '../../lib/format.js';

const tones = { error: 'bad', warning: 'warn', info: '' } as const;

export function DataProblems({ problems }: { problems: DataProblem[] }) {
  if (!problems.length) return <p class="empty">None was found.</p>;
  return (
    <>
      {problems.map(({ code, severity, column, message, remedy, rows, patch }) => (
        <div key={`${code} ${column}`} class={`note ${tones[severity]}`}>
          <strong>
            {severity}
            {column && `: ${column}`}
          </strong>{' '}
          {message}
          {rows && rows.count > 0 && (
            <span class="muted">
              {' '}
              ({number(rows.count)} rows, first {rows.first.slice(0, 5).join(', ')})
            </span>
          )}
          <p>{remedy}</p>
          {patch && (
            <p class="small">
              In the job’s <code>dataset</code>: <code>{JSON.stringify(patch)}</code>
            </p>
          )}
        </div>
      ))}
    </>
  );
}
