/** Work that takes a core, one at a time: the API needs the others. */
import { Problem } from '../errors.js';

const mostWaiting = 16;

/** What it returns does the work after what it was given before. It throws Problem `unavailable`, saying `busy`, where too much waits. */
export function oneAtATime(busy: string) {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return <Reply>(work: () => Promise<Reply>): Promise<Reply> => {
    if (waiting >= mostWaiting) throw new Problem('unavailable', busy, { retryable: true, retryAfter: 10 });
    waiting++;
    const reply = last.then(work).finally(() => waiting--);
    last = reply.catch(() => undefined); // whoever asked is told
    return reply;
  };
}
