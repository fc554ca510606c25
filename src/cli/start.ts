import { processIo } from './io.ts';
import { main, reportUnwritten } from './main.ts';

const controller = new AbortController();

/** The first Ctrl-C lets work stop in order; a second one does not wait for it. */
process.on('SIGINT', () => {
  if (controller.signal.aborted) process.exit(130);
  controller.abort();
});
process.on('SIGTERM', () => controller.abort());

/** The reader of a pipe has gone ("scanlot … | head"): that is no failure of ours. A full disk behind ">" is one. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  void reportUnwritten(error, process.argv.slice(2), processIo(), controller.signal).then((code) => process.exit(code));
});
process.stderr.on('error', () => {
  // Nobody is left to be told.
});

void main(process.argv.slice(2), processIo(), controller.signal).then((exitCode) => {
  process.exitCode = exitCode;
});
