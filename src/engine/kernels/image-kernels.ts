/**
 * The part of the contract that works on images: rows of [channels, height, width], one after the other. A plane is one
 * channel of one row. Windows are square; an output plane is [outHeight, outWidth] with outSize = ⌊(size + 2·padding −
 * kernel) / stride⌋ + 1. Every window has padding < kernel, so that it holds an element of the plane at each place.
 */
import type { Pointer } from './kernels.js';

/** Windows over one image as a matrix, and back. columns is [channels · kernel², outHeight · outWidth]. */
export type Columns = (
  channels: number,
  height: number,
  width: number,
  kernel: number,
  stride: number,
  padding: number,
  image: Pointer,
  columns: Pointer,
) => void;

/** y[r,c,p] = f(x[r,c,p] + bias[c]) for x of [rows, channels, pixels]; x and y may be the same buffer. */
export type ChannelBias = (
  rows: number,
  channels: number,
  pixels: number,
  x: Pointer,
  bias: Pointer,
  y: Pointer,
) => void;

/** What needs no matrix product. */
export interface PlaneKernels {
  /** `columns[(c,i,j), (u,v)] = image[c, u·stride + i − padding, v·stride + j − padding]`, 0 where that is outside */
  readonly im2col: Columns;
  /** Its transpose: `image[c, u·stride + i − padding, v·stride + j − padding] = Σ columns[(c,i,j), (u,v)]`, image overwritten */
  readonly col2im: Columns;
  readonly channelBias: ChannelBias;
  readonly channelBiasRelu: ChannelBias;
  /** `out[c] += Σ_{r,p} x[r,c,p]`: the gradient of a channel's bias, of each part the rows are cut into */
  readonly channelSums: (rows: number, channels: number, pixels: number, x: Pointer, out: Pointer) => void;
  /**
   * `y[u,v]` = the greatest element of the window, `argmax[u,v]` (int32) its index within the plane: the first of equals,
   * the last NaN where there is one.
   */
  readonly maxPool2d: (
    planes: number,
    height: number,
    width: number,
    kernel: number,
    stride: number,
    padding: number,
    x: Pointer,
    y: Pointer,
    argmax: Pointer,
  ) => void;
  /** `dx = 0; dx[argmax[i]] += dy[i]` in each plane of `inputPixels` and `outputPixels` elements */
  readonly maxPool2dBackward: (
    planes: number,
    inputPixels: number,
    outputPixels: number,
    dy: Pointer,
    argmax: Pointer,
    dx: Pointer,
  ) => void;
  /** `y[u,v]` = the mean of the window; no padding, so that each window has kernel² elements */
  readonly avgPool2d: (
    planes: number,
    height: number,
    width: number,
    kernel: number,
    stride: number,
    x: Pointer,
    y: Pointer,
  ) => void;
  /** `dx = 0; dx[window of (u,v)] += dy[u,v] / kernel²` */
  readonly avgPool2dBackward: (
    planes: number,
    height: number,
    width: number,
    kernel: number,
    stride: number,
    dy: Pointer,
    dx: Pointer,
  ) => void;
}

/** Convolution (cross-correlation, as every library has it): weight is [filters, channels, kernel, kernel]. */
export interface ConvolutionKernels {
  /** `y[r,f,u,v] = Σ_{c,i,j} weight[f,c,i,j] · x[r, c, u·stride + i − padding, v·stride + j − padding]` */
  readonly conv2d: (
    rows: number,
    channels: number,
    height: number,
    width: number,
    filters: number,
    kernel: number,
    stride: number,
    padding: number,
    x: Pointer,
    weight: Pointer,
    y: Pointer,
    /** One image's columns, to work in: those of one for each part the rows are cut into (../threads/cut.ts). */
    columns: Pointer,
  ) => void;
  /** `sums += Σ_r dy[r] · columns(x[r])ᵀ`, [filters, channels, kernel, kernel]: one for each part the rows are cut into */
  readonly conv2dBackwardWeight: (
    rows: number,
    channels: number,
    height: number,
    width: number,
    filters: number,
    kernel: number,
    stride: number,
    padding: number,
    x: Pointer,
    dy: Pointer,
    sums: Pointer,
    columns: Pointer,
  ) => void;
  /** `dx[r] = col2im(weightᵀ · dy[r])` */
  readonly conv2dBackwardInput: (
    rows: number,
    channels: number,
    height: number,
    width: number,
    filters: number,
    kernel: number,
    stride: number,
    padding: number,
    weight: Pointer,
    dy: Pointer,
    dx: Pointer,
    columns: Pointer,
  ) => void;
}

export interface ImageKernels extends PlaneKernels, ConvolutionKernels {}
