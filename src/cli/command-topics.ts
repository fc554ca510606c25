import { type Text, text } from '../shared/language.ts';

/** What commands are about, in the order in which a county goes through them; words are those that commands begin with. */
export const commandTopics: readonly { readonly title: Text; readonly words: readonly string[] }[] = [
  { title: text({ de: 'Beginnen', en: 'Begin' }), words: ['init', 'demo', 'status'] },
  {
    title: text({ de: 'Planen und abrufen', en: 'Plan and order' }),
    words: ['contract', 'lot', 'price', 'holding', 'plan', 'order', 'batch'],
  },
  {
    title: text({ de: 'Lieferungen prüfen (auch ohne Arbeitsbereich)', en: 'Check deliveries (no workspace needed)' }),
    words: ['check', 'inspect', 'profile', 'result', 'findings'],
  },
  {
    title: text({ de: 'Übernehmen, abgleichen, abnehmen', en: 'Receive, reconcile, accept' }),
    words: ['delivery', 'reconcile', 'accept', 'reject', 'waive', 'complaint'],
  },
  { title: text({ de: 'Ins DMS', en: 'Into the DMS' }), words: ['import', 'dms', 'store', 'xdomea'] },
  {
    title: text({ de: 'Haushalt, Rechnungen, Berichte', en: 'Budget, invoices, reports' }),
    words: ['budget', 'invoice', 'report'],
  },
  { title: text({ de: 'Nachweis und Hilfe', en: 'Evidence and help' }), words: ['audit', 'completion'] },
];
