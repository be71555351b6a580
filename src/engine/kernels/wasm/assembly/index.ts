/** What the module exports: the kernels, by the names of the contract, and what the loader needs. */
export * from './activations';
export { columnSums, fill, gatherRows, scale, sumOfSquares } from './buffers';
export { gemmNN, gemmNT, gemmTN } from './gemm';
export { sigmoidCrossEntropy, softmax, softmaxCrossEntropy, squaredError } from './losses';
export { adam, penalties, sgd, sgdMomentum } from './optimizers';
export { dropout } from './random';
export { setScratch } from './scratch';
