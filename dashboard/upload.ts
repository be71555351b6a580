/** Uploads a file and tells how far it is: fetch cannot. */
import type { Dataset } from '../src/schemas/dataset.js';
import { ApiError, type Problem, unanswered } from './api.js';

export function upload(file: File, onProgress: (share: number) => void): Promise<Dataset> {
  const form = new FormData();
  form.append('file', file);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/v1/datasets');
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded / total);
    request.onload = () => {
      const { status, response } = request; // null where it is no JSON
      if (status < 300) resolve(response as Dataset);
      else reject(new ApiError((response as Problem | null) ?? refusedBefore(status)));
    };
    request.onerror = () => reject(new ApiError(unanswered));
    request.send(form);
  });
}

const refusedBefore = (status: number): Problem => ({
  title: 'Refused before the service',
  detail: `A proxy in front of it answered ${status}.`,
});
