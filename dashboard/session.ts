/** Where the service asks for keys: the session that one opens. Its cookie cannot be read here, so what stands for it is kept beside it. */
import { ask } from './api.js';

const mark = 'trainyard.session';

export const hasSession = (): boolean => localStorage.getItem(mark) !== null;

/** Everything on the page is asked for again. */
export async function openSession(key: string): Promise<void> {
  await ask('/v1/session', { method: 'POST', body: { key } });
  localStorage.setItem(mark, 'open');
  location.reload();
}

export async function closeSession(): Promise<void> {
  await ask('/v1/session', { method: 'DELETE' });
  localStorage.removeItem(mark);
  location.reload();
}
