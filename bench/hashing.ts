import type { Program } from './measure.ts';

const everyFile = 'find . -type f -print0 | xargs -0 -P2 -n8';

/** What hashing alone takes, with two processes; hundreds of files a process where they are small. */
export function hashers(filesEach = 8): Program[] {
  const files = everyFile.replace('-n8', `-n${filesEach}`);
  return [
    { name: 'openssl -P2', line: `${files} openssl dgst -sha256` },
    { name: 'sha256sum -P2', line: `${files} sha256sum` },
  ];
}

/** Reads every file once, so that all runs find them in memory. */
export const warmUp: Program = { name: 'warm-up', line: `${everyFile} cat` };
