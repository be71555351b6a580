/** Means over the positions of a sequence that are not padding, and their gradient. */
import { fill, scaleBy } from './buffers';
import { add } from './sequences';

@inline
function isSeen(keyMask: usize, t: i32): bool {
  return keyMask == 0 || load<i32>(keyMask + (<usize>t << 2)) != 0;
}

/** 1 / the positions that are seen; 0 where none is. */
@inline
function shareOf(time: i32, keyMask: usize): f32 {
  let seen = 0;
  for (let t = 0; t < time; t++) seen += i32(isSeen(keyMask, t));
  return seen == 0 ? 0 : 1 / <f32>seen;
}

export function sequenceMean(rows: i32, time: i32, width: i32, keyMask: usize, x: usize, y: usize): void {
  const positionBytes = <usize>width << 2;
  for (let r = 0; r < rows; r++) {
    fill(width, y, 0);
    for (let t = 0; t < time; t++, x += positionBytes) {
      if (isSeen(keyMask, t)) add(width, y, x, y);
    }
    scaleBy(width, y, shareOf(time, keyMask), y);
    if (keyMask != 0) keyMask += <usize>time << 2;
    y += positionBytes;
  }
}

/** dx = dy / positions that are seen */
export function sequenceMeanBackward(rows: i32, time: i32, width: i32, keyMask: usize, dy: usize, dx: usize): void {
  const positionBytes = <usize>width << 2;
  for (let r = 0; r < rows; r++) {
    const share = shareOf(time, keyMask);
    for (let t = 0; t < time; t++, dx += positionBytes) {
      if (isSeen(keyMask, t)) scaleBy(width, dy, share, dx);
      else fill(width, dx, 0);
    }
    if (keyMask != 0) keyMask += <usize>time << 2;
    dy += positionBytes;
  }
}
