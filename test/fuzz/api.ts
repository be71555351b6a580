/** The API's process, which also answers the message `memory` with the bytes that live after a collection. */
process.on('message', (message) => {
  if (message !== 'memory') return;
  globalThis.gc!();
  const { heapUsed, external } = process.memoryUsage();
  process.send!({ type: 'memory', bytes: heapUsed + external });
});
await import('../../src/server.js');
