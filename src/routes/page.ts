/** What a list route reads of its query. */
import type { Static } from '#typebox';
import type { PageQuery } from '../schemas/common.js';

/** `limit` is there: plugins/query-values.ts filled in the schema's default. */
export const pageOf = ({ cursor, limit }: Static<typeof PageQuery>) => ({ cursor, limit: limit! });
