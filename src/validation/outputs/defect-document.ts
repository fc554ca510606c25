import type { Block, WrittenDocument } from '../../reporting/document/model.ts';
import { formats } from '../../shared/format.ts';
import { text } from '../../shared/language.ts';
import { resultHead } from '../result.ts';
import { defectList, defectSummary } from './defect-blocks.ts';
import type { CheckReport } from './report.ts';
import {
  booksWords,
  filesWords,
  filterWords,
  findingsWords,
  labels,
  pagesWords,
  profileText,
  verdictText,
} from './words.ts';

/** The result of a check as a document to send along: verdict, books, kinds of defects, and every finding in the annex. */
export function defectDocument(report: CheckReport): WrittenDocument {
  const { language, check, findings } = report;
  const { version, profile, packageHash, finishedAt } = resultHead(report);
  const { counts } = check;
  const filtered = filterWords(report)?.[language];
  const title = text({ de: 'Mängelliste zur Lieferungsprüfung', en: 'Defects found by the delivery check' })[language];
  const list: readonly Block[] =
    findings.length === 0
      ? [{ kind: 'paragraph', words: text({ de: 'Keine Befunde.', en: 'No findings.' })[language] }]
      : [
          { kind: 'heading', words: text({ de: 'Befunde nach Art', en: 'Findings by kind' })[language] },
          defectSummary(findings, language),
          { kind: 'annex' },
          { kind: 'title', words: text({ de: 'Verzeichnis aller Befunde', en: 'All findings' })[language] },
          ...defectList(findings, language),
        ];
  return {
    language,
    title,
    createdAt: finishedAt,
    footer: `${title} · ${profileText(report.check)[language]} · ${packageHash.slice(0, 12)}`,
    blocks: [
      { kind: 'title', words: title },
      { kind: 'paragraph', words: verdictText(check)[language], style: 'bold' },
      ...(filtered ? [{ kind: 'paragraph', words: filtered } as const] : []),
      {
        kind: 'facts',
        rows: [
          [labels.items[language], booksWords(counts)[language]],
          [labels.pages[language], pagesWords(counts)[language]],
          [labels.files[language], filesWords(counts)[language]],
          [labels.findings[language], findingsWords(counts)[language]],
          [labels.profile[language], profileText(report.check)[language]],
          [labels.checkedAt[language], formats[language].instant(finishedAt)],
          [labels.checkedWith[language], `scanlot ${version}`],
        ],
      },
      { kind: 'paragraph', style: 'quiet', words: `${labels.packageHash[language]}: ${packageHash}` },
      { kind: 'paragraph', style: 'quiet', words: `${labels.profileHash[language]}: ${profile.hash}` },
      ...list,
    ],
  };
}
