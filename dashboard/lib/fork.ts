/** How a job is forked: what the form and the button of a finding send. */

export interface Fork {
  from: string;
  patch: unknown;
}

export const forkPath = (jobId: string): string => `/v1/jobs/${jobId}/fork`;

/** The value of JSON text that a person types; throws with words for them. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`That is not JSON: ${(error as Error).message}`);
  }
}
