/** What the module exports: the kernels, by the names of the contract, and what the loader needs. */
export * from './activations';
export * from './adaptive-updates';
export * from './batch-norm';
export { chunkSquares, columnSums, fill, gatherRows, scale, sumChunks } from './buffers';
export * from './gated-activations';
export { gemmNN, gemmNT, gemmTN } from './gemm';
export * from './layer-norm';
export { binaryCrossEntropy, logSoftmax, logSoftmaxBackward } from './losses';
export { sigmoidCrossEntropy, smoothedCrossEntropy, softmax, softmaxBackward, softmaxCrossEntropy, squaredError } from './losses';
export * from './masking';
export { adam, penalties, sgd, sgdMomentum } from './optimizers';
export * from './parametric-activations';
export * from './planes';
export { dropout, dropoutBackward } from './random';
export * from './regression-losses';
export { setScratch } from './scratch';
export * from './sequence-means';
export * from './sequences';
