/** The view that the address asks for. */
import { useEffect, useState } from 'preact/hooks';
import { type Route, routeOf } from '../lib/routes.js';

export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const changed = () => setHash(location.hash);
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return routeOf(hash);
}
