/**
 * Loaded into every child before its own modules: ends it if its supervisor goes before it has a listener of its own for
 * that, while it is still starting. Without this, a supervisor killed in the first second would leave it running.
 */
process.once('disconnect', () => {
  if (process.listenerCount('disconnect') === 0) process.exit(1);
});
