/** The OpenAPI document, which forms are built from. */
import type { OpenApi } from '../lib/schema.js';
import { useGet } from './use-get.js';

export const useOpenApi = (): OpenApi | undefined => useGet<OpenApi>('/openapi.json').data;
