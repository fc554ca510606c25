// Makes samples/ anew; the same bytes every time. Run: npx tsx scripts/make-samples.ts
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { packagePath } from '../src/shared/package.ts';
import { writeCounty } from './samples/county.ts';

const target = packagePath('samples');
rmSync(join(target, 'county'), { recursive: true, force: true });
writeCounty(join(target, 'county'));
