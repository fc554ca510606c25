import { createFinding, type Finding } from '../../findings/finding.ts';
import { type CheckContext, documentsOf } from '../context.ts';
import type { TechnicalBreach } from '../technical/judge-pages.ts';

/** What documents break in the technical profile, one finding for the pages that break it in the same way. */
export function* technicalProfile(context: CheckContext): Iterable<Finding> {
  const { breaches } = context.files;
  if (breaches.size === 0) return;
  for (const { path } of documentsOf(context)) {
    for (const breach of breaches.get(path) ?? []) yield tell(path, breach);
  }
}

function tell(path: string, { kind, page, ...args }: TechnicalBreach): Finding {
  const place = { path, page };
  switch (kind) {
    case 'size':
      return createFinding('technical.page-size', place, args);
    case 'resolution':
      return createFinding('technical.resolution', place, args);
    case 'colour':
      return createFinding('technical.colour', place, args);
    case 'compression':
      return createFinding('technical.compression', place, args);
    case 'text':
      return createFinding('technical.text-missing', place, args);
    case 'unknown':
      return createFinding('technical.not-judged', place, args);
  }
}
