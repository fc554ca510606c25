import { templateCsv, templateJson } from '../../finance/invoice/entry/template.ts';
import { writeFileAtomically } from '../../shared/atomic-file.ts';
import { text } from '../../shared/language.ts';
import { defineCommand } from '../command.ts';
import { formOfName } from '../form-of-name.ts';
import { choice, requiredValue } from '../options.ts';

const forms = ['csv', 'json'] as const;

export default defineCommand({
  name: 'invoice template',
  summary: text({
    de: 'leere Vorlage, um eine Rechnung auf Papier zu erfassen (CSV, JSON)',
    en: 'empty template to record an invoice on paper (CSV, JSON)',
  }),
  details: text({
    de: 'Die ausgefüllte Vorlage nehmen invoice show, check, approve und reject wie eine elektronische Rechnung. Was leer bleibt, gilt als nicht angegeben; fehlende Summen werden errechnet. Gefordert sind nur Nummer, Datum und Rechnungssteller, je Position Leistung, Menge und Preis, und ein Steuersatz.',
    en: 'invoice show, check, approve and reject take the template, filled in, like an electronic invoice. What stays empty counts as not stated; missing sums are computed. Required are number, date and seller, for each line item, quantity and price, and a VAT rate.',
  }),
  examples: ['scanlot invoice template --out rechnung.csv', 'scanlot invoice template --out rechnung.json'],
  workspace: 'none',
  options: {
    out: requiredValue('FILE', text({ de: 'Zieldatei (.csv, .json)', en: 'target file (.csv, .json)' })),
    format: choice(
      forms,
      text({ de: 'Form, wo die Endung sie nicht sagt', en: 'form, where the ending does not tell' }),
    ),
  },
  output: {
    schema: 'invoice-template-1',
    members: { template: 'absolute path of the template', format: 'csv or json' },
  },
  run: async (context, { out, format }) => {
    const form = format ?? formOfName(out, forms);
    const template = context.path(out);
    await writeFileAtomically(template, form === 'csv' ? templateCsv(context.language) : templateJson());
    return {
      data: { template, format: form },
      render: (printer) => printer.line(text({ de: `Vorlage: ${template}`, en: `Template: ${template}` }), 'good'),
    };
  },
});
