/** Numbers, spans and times as they are shown. */

/** Four significant digits, without an exponent where it can be read without: 0.01234, 12,340, 1.234e-7. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) return value.toExponential(2);
  const digits = size >= 1000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 4 };
  return value.toLocaleString('en', digits);
}

/** A value of the API, where what JSON lacks is a word. */
export function shown(value: unknown): string {
  if (typeof value === 'number') return number(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export function bytes(count: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, count)) / 10));
  return `${(count / 1024 ** power).toLocaleString('en', { maximumSignificantDigits: 3 })} ${units[power]}`;
}

/** The two largest units: 41 s, 3 min 20 s, 5 h 2 min. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 1) return seconds > 0 ? '< 1 s' : '0 s';
  const units = [
    ['d', 86400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ] as const;
  const first = units.findIndex(([, size]) => whole >= size);
  let rest = whole;
  const parts = units.slice(first, first + 2).map(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count ? `${count} ${unit}` : '';
  });
  return parts.filter(Boolean).join(' ');
}

export const ago = (time: string, now = Date.now()): string => {
  const seconds = (now - Date.parse(time)) / 1000;
  return seconds < 5 ? 'just now' : `${duration(seconds).split(' ').slice(0, 2).join(' ')} ago`;
};

export const clock = (time: string): string => new Date(time).toLocaleString();

/** `job_01k7…4xyz`: both ends of an id tell it apart. */
export const shortId = (id: string): string => `…${id.slice(-6)}`;
