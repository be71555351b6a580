/** What an S3 store or the way to it says, as the contract names it. */
import { ArtifactError } from './errors.js';

interface Answer {
  name: string;
  message: string;
  /** Absent where no answer came. */
  status: number | undefined;
  /** Of the socket. */
  code: string;
}

function answerOf(error: unknown): Answer | null {
  if (!(error instanceof Error)) return null;
  const { name, message, code, $metadata } = error as NodeJS.ErrnoException & {
    $metadata?: { httpStatusCode?: number };
  };
  return { name, message, status: $metadata?.httpStatusCode, code: code ?? '' };
}

/** Somebody has this key (412), or is just writing it (409). */
export function isTaken(error: unknown): boolean {
  const answer = answerOf(error);
  return answer?.status === 412 || answer?.name === 'ConditionalRequestConflict';
}

/** 507, or a name that says so: what MinIO and Ceph answer when disk or quota are used up. */
const isFull = ({ name, status }: Answer): boolean => status === 507 || /StorageFull|QuotaExceeded/.test(name);

/** The network, a store that is overloaded, or one that has an error of its own. */
function isAway({ name, status, code }: Answer): boolean {
  if (status !== undefined) return status === 429 || status >= 500;
  return name === 'TimeoutError' || /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_AGAIN)/.test(code);
}

/** Errors that are neither of the store's objects nor of its state come back as they are: keys, rights, a wrong name. */
export function fromS3(error: unknown, key: string): unknown {
  const answer = answerOf(error);
  if (answer === null || error instanceof ArtifactError) return error;
  const { name, status, message, code } = answer;
  const says = `${key}: ${name}: ${message || code || `status ${status}`}`;
  if (name === 'NoSuchKey' || name === 'NotFound') return new ArtifactError('missing', `${key} is not there`);
  if (isFull(answer)) return new ArtifactError('storage', says, { cause: error });
  return isAway(answer) ? new ArtifactError('unavailable', says, { cause: error }) : error;
}
