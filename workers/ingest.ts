/** The ingest process: reads one file, answers once, ends. Its parent is src/data/ingest.ts. */
import { DataError } from '../src/data/errors.js';
import type { IngestReply, IngestRequest } from '../src/data/ingest-protocol.js';
import { readDataset } from '../src/data/read-dataset.js';
import { answerOnce } from '../src/run/answer-once.js';

async function replyTo(request: IngestRequest): Promise<IngestReply> {
  try {
    return { dataset: await readDataset(request) };
  } catch (error) {
    if (error instanceof DataError) {
      const { code, message, details } = error;
      return { dataError: { code, message, details } };
    }
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    return { failure: { message, stack } };
  }
}

answerOnce(replyTo);
