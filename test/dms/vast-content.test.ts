import { describeVastContent } from './vast-content.ts';

// The way of the two gigabytes in vast-content.integration.test.ts, only shorter: that it is one, without saying much
// of memory.
describeVastContent(48 * 1024 ** 2 + 7, 200 * 1024 ** 2);
