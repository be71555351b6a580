/** log p of a probability that was rounded to float32: as the losses have it, none is below −100. */
export const logOf = (probability: number): number => Math.max(Math.log(probability), -100);
