// Loaded into scanlot by the bench: tells the peak of its resident memory when it ends. Kilobytes, all threads together.
process.on('exit', () => {
  process.stderr.write(`\npeak-memory ${process.resourceUsage().maxRSS}\n`);
});
