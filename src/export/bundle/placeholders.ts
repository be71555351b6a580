/** What stands in a bundle in the place of a model's file and of the kernels, both as base64. */
export const placeholders = { model: '@trainyard/model', kernels: '@trainyard/kernels' };
