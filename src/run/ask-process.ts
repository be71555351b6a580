/** One question to a process of its own, for what the API's must not compute: it is made for that, answers, and ends. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Why there is no answer, in words. */
export interface Failure {
  failure: string;
}

/**
 * What `workers/<name>.js` answers to `request` (run/answer-once.ts); it is killed after `limitMs`. Both must survive
 * structured cloning.
 */
export async function askProcess<Reply extends object>(
  name: string,
  request: object,
  { limitMs }: { limitMs: number },
): Promise<Reply | Failure> {
  const entry = fileURLToPath(new URL(`../../workers/${name}.js`, import.meta.url));
  const child = fork(entry, { serialization: 'advanced' });
  const limit = setTimeout(() => child.kill('SIGKILL'), limitMs);
  const died = once(child, 'exit').then(([code, signal]): Failure => {
    const cause = signal === 'SIGKILL' ? `it took longer than ${limitMs / 1000} s` : `its process ended with ${code}`;
    return { failure: cause };
  });
  const answered = once(child, 'message').then(([reply]) => reply as Reply | Failure);
  child.send(request);
  try {
    return await Promise.race([answered, died]);
  } finally {
    clearTimeout(limit);
    child.kill('SIGKILL');
  }
}
