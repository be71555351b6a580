/** What went wrong and what to do about it, in the service's own words. */
import type { Problem } from '../api.js';
import { shown } from '../lib/format.js';
import { KeyForm } from './key-form.js';

export function ProblemNote({ problem }: { problem: Problem | undefined }) {
  if (!problem) return null;
  const { code, title, detail, hint, errors = [], allowed, requestId } = problem;
  return (
    <div class="note bad" role="alert">
      <strong>{title}</strong>
      <p>{detail}</p>
      {errors.length > 0 && (
        <ul>
          {errors.map(({ path, message, row, column }) => (
            <li key={`${path} ${message}`}>
              <code>{path}</code> {message}
              {row !== undefined && ` (line ${row}${column ? `, column ${column}` : ''})`}
            </li>
          ))}
        </ul>
      )}
      {hint && <p>{hint}</p>}
      {allowed && <p>From here it may become: {allowed.map(shown).join(', ') || 'nothing else'}.</p>}
      {code === 'unauthorized' && <KeyForm />}
      {requestId && <p class="small">Request {requestId}</p>}
    </div>
  );
}
