/**
 * Loaded into every child before its own modules: ends it if its supervisor goes before it has a listener of its own for
 * that, while it is still starting. Without this, a supervisor killed in the first second would leave it running.
 */
process.once('disconnect', () => {
  if (process.listenerCount('disconnect') === 0) process.exit(1);
});
// It went before there was a listener at all, and nobody will be told. (Threads, which load this too, have undefined.)
if (process.connected === false) process.exit(1);
