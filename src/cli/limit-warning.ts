import type { LimitWarning } from '../contract/limit-warnings.ts';
import { tenthsOfPercent } from '../finance/limits.ts';
import { type Language, type Text, text } from '../shared/language.ts';

const measures = {
  value: text({ de: 'des Höchstwerts', en: 'of the maximum value' }),
  pages: text({ de: 'der Höchstmenge an Seiten', en: 'of the maximum of pages' }),
  millimetres: text({ de: 'der Höchstmenge an laufenden Metern', en: 'of the maximum of running metres' }),
} as const;

/** "Los L1 (RV-1): 85,0 % des Höchstwerts beansprucht (Warnung ab 80,0 %)". */
export function limitWarningText({ of, measure, share, warnAt, state }: LimitWarning): Text {
  const name = measures[measure];
  return text({
    de: (f) =>
      `${of.de}: ${f.percent(tenthsOfPercent(share))} ${name.de} beansprucht${state === 'reached' ? ', erreicht' : ` (Warnung ab ${f.percent(tenthsOfPercent(warnAt))})`}`,
    en: (f) =>
      `${of.en}: ${f.percent(tenthsOfPercent(share))} ${name.en} consumed${state === 'reached' ? ', reached' : ` (warning from ${f.percent(tenthsOfPercent(warnAt))})`}`,
  });
}

/** For machines: shares in millionths. */
export function limitWarningRecord({ of, contractId: _id, ...warning }: LimitWarning, language: Language) {
  return { of: of[language], ...warning };
}
