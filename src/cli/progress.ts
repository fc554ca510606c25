import type { SingleBar } from 'cli-progress';
import type { Format } from '../shared/format.ts';
import { type Language, type Text, text } from '../shared/language.ts';
import type { Progress, ProgressTask, ProgressUnit } from '../shared/progress.ts';
import type { Output } from './io.ts';

const unitNames: Record<ProgressUnit, Text> = {
  bytes: text({ de: '', en: '' }),
  files: text({ de: 'Dateien', en: 'files' }),
  caseFiles: text({ de: 'Akten', en: 'files' }),
  pages: text({ de: 'Seiten', en: 'pages' }),
  rows: text({ de: 'Zeilen', en: 'rows' }),
  steps: text({ de: 'Schritte', en: 'steps' }),
};

/** A bar with rate and time left on a terminal; elsewhere one line when the step is done. */
export async function createProgress(output: Output, language: Language, format: Format): Promise<Progress> {
  if (!output.isTerminal) return lineProgress(output, language, format);
  const { SingleBar, Presets } = (await import('cli-progress')).default;
  return {
    start: (title, total, unit) => {
      const amount = (value: number) =>
        unit === 'bytes' ? format.bytes(value) : `${format.number(value)} ${unitNames[unit][language]}`;
      const bar: SingleBar = new SingleBar(
        {
          clearOnComplete: true,
          hideCursor: true,
          format: `${title[language]} {bar} {percentage} % | {done} / {all} | {rate}/s | {eta_formatted}`,
        },
        Presets.shades_classic,
      );
      const started = Date.now();
      const payload = (done: number) => ({
        done: amount(done),
        all: amount(total),
        rate: amount(Math.round(done / Math.max(0.001, (Date.now() - started) / 1000))),
      });
      bar.start(total, 0, payload(0));
      return countingTask(
        (done) => bar.update(done, payload(done)),
        () => bar.stop(),
      );
    },
  };
}

function lineProgress(output: Output, language: Language, format: Format): Progress {
  return {
    start: (title, _total, unit) =>
      countingTask(
        () => {},
        (done) => {
          const amount = unit === 'bytes' ? format.bytes(done) : `${format.number(done)} ${unitNames[unit][language]}`;
          output.write(`${title[language]}: ${amount}\n`);
        },
      ),
  };
}

function countingTask(update: (done: number) => void, finish: (done: number) => void): ProgressTask {
  let done = 0;
  let finished = false;
  return {
    advance: (amount) => {
      done += amount;
      update(done);
    },
    finish: () => {
      if (!finished) finish(done);
      finished = true;
    },
  };
}
