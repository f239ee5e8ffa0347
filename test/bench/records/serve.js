/** Tells the parent that the server listens, tells its memory when asked, and ends when the parent disconnects. */
export const serve = (url, close) => {
  process.on('message', () => {
    globalThis.gc();
    process.send({ type: 'memory', rss: process.memoryUsage().rss, peak: process.resourceUsage().maxRSS * 1024 });
  });
  process.on('disconnect', () => void close().then(() => process.exit(0)));
  process.send({ type: 'listening', url });
};
