/** Asks for a key, where the service does. */
import { useState } from 'preact/hooks';
import { useAction } from '../hooks/use-action.js';
import { openSession } from '../session.js';

export function KeyForm() {
  const [key, setKey] = useState('');
  const { busy, problem, run } = useAction();
  const submit = (event: Event) => {
    event.preventDefault();
    void run(() => openSession(key));
  };
  return (
    <form class="panel" onSubmit={submit}>
      <label>
        Key
        <input
          type="password"
          required
          autocomplete="current-password"
          value={key}
          onInput={(event) => setKey(event.currentTarget.value.trim())}
        />
      </label>
      <button type="submit" class="primary" disabled={busy}>
        Sign in
      </button>
      {problem && <p role="alert">{problem.detail}</p>}
    </form>
  );
}
