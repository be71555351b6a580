/** The other side of run/ask-process.ts: a process that answers its first message and ends, or ends with its parent. */
export function answerOnce<Request, Reply>(answer: (request: Request) => Promise<Reply>): void {
  process.once('message', async (request: Request) => {
    const reply = await answer(request);
    process.send?.(reply, () => process.disconnect());
  });
  // without its parent, the answer is nobody's
  process.once('disconnect', () => process.exit());
}
