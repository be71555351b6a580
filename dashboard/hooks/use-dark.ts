/** Whether the system is in dark mode. Style sheets know by themselves; what is drawn on a canvas has to be drawn again. */
import { useEffect, useState } from 'preact/hooks';

const dark = matchMedia('(prefers-color-scheme: dark)');

export function useDark(): boolean {
  const [is, setIs] = useState(dark.matches);
  useEffect(() => {
    const changed = () => setIs(dark.matches);
    dark.addEventListener('change', changed);
    return () => dark.removeEventListener('change', changed);
  }, []);
  return is;
}

/** The value of a custom property of the style sheet: `--line`. */
export const styleValue = (property: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(property).trim();
