import { existsSync, readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { posix } from 'node:path';

/** A stack as the engine tells it, with the places in the source instead of those in the bundle where its map is at hand. */
export function mappedStack(stack: string): string {
  const maps = new Map<string, SourceMap | undefined>();
  const mapOf = (bundle: string): SourceMap | undefined => {
    if (!maps.has(bundle)) maps.set(bundle, readMap(`${bundle}.map`));
    return maps.get(bundle);
  };
  return stack.replace(
    /([^\s()]+\.c?js):(\d+):(\d+)/g,
    (place: string, bundle: string, line: string, column: string) => {
      const origin = mapOf(bundle)?.findOrigin(Number(line), Number(column));
      return origin && 'fileName' in origin
        ? `${fromRoot(origin.fileName)}:${origin.lineNumber}:${origin.columnNumber}`
        : place;
    },
  );
}

function readMap(path: string): SourceMap | undefined {
  if (!existsSync(path)) return undefined;
  return new SourceMap(JSON.parse(readFileSync(path, 'utf8')) as SourceMapPayload);
}

/** Maps name the source from where they lie: dist/ and folders in it. */
function fromRoot(path: string): string {
  return posix.normalize(path).replace(/^(?:\.\.\/)+/, '');
}
