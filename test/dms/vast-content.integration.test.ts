import { describeVastContent } from './vast-content.ts';

// Beyond what fits into 31 bits; a tenth of it in memory would show.
describeVastContent(2 * 1024 ** 3 + 7, 200 * 1024 ** 2);
