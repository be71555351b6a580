/** What is wrong with a question to a process of its own, where that is whoever asked's to mend: it goes back as data. */
import { DataError, type DataErrorDetails } from '../data/errors.js';

export interface Refusal {
  dataError: { code: string; message: string; details: DataErrorDetails };
}

export async function orRefusal<Reply>(answer: () => Reply | Promise<Reply>): Promise<Reply | Refusal> {
  try {
    return await answer();
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    const { code, message, details } = error;
    return { dataError: { code, message, details } };
  }
}
