/** The types of clients/typescript as text, from the OpenAPI document. */
import openapiTypescript, { astToString, type OpenAPI3 } from 'openapi-typescript';

const notice = '/** From openapi/openapi.json, by `npm run openapi`. Do not edit. */';

export async function renderClientTypes(document: string): Promise<string> {
  // A field that has a default may be left out of a request.
  const nodes = await openapiTypescript(JSON.parse(document) as OpenAPI3, { defaultNonNullable: false });
  return `${notice}\n${astToString(nodes)}`;
}
