/** For `.catch(ifMissing(value))`: a missing file gives `value`, every other error is thrown on. */
export function ifMissing<T>(value: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT') return value;
    throw error;
  };
}
