import { type Text, text, verbatim } from '../../shared/language.ts';
import type { ExampleResult } from '../../validation/profile-examples.ts';
import { defineCommand } from '../command.ts';
import { argument, value } from '../options.ts';

export default defineCommand({
  name: 'profile test',
  summary: text({ de: 'Beispiele eines Lieferprofils prüfen', en: 'check the examples of a delivery profile' }),
  details: text({
    de: 'Prüft die Pakete, die das Profil unter „examples“ nennt: die einen müssen bestehen, die anderen mit den genannten Befunden oder Regeln scheitern. Endet mit 0, wenn alle Beispiele halten, sonst mit 1; ein Profil ohne Beispiele besteht nicht.',
    en: 'Checks the packages that the profile names under "examples": some must pass, the others must fail with the findings or rules named. Ends with 0 when all examples hold, otherwise with 1; a profile without examples does not pass.',
  }),
  examples: ['scanlot profile test ordnungsamt.json'],
  workspace: 'none',
  arguments: { file: argument('FILE', text({ de: 'das Lieferprofil (JSON, YAML)', en: 'the profile (JSON, YAML)' })) },
  options: { lot: value('LOT', text({ de: 'in der Fassung dieses Loses', en: 'as it holds for this lot' })) },
  output: {
    schema: 'profile-test-1',
    members: {
      passed: 'whether all examples hold, and there is one',
      examples:
        'path, expected (pass or fail), holds, verdict, codes and rules that were told, missing (expected and not told)',
    },
  },
  run: async (context, { file, lot }) => {
    const { testExamples } = await import('../../validation/profile-examples.ts');
    const { loadForLot } = await import('../profile-lot.ts');
    const path = context.path(file);
    const { progress, signal } = context;
    const examples = await testExamples(path, loadForLot(path, lot), { progress, signal });
    const passed = examples.length > 0 && examples.every(({ holds }) => holds);
    return {
      exitCode: passed ? 0 : 1,
      data: { passed, examples },
      render: (printer) => {
        for (const example of examples) printer.line(describe(example), example.holds ? 'good' : 'bad');
        if (examples.length === 0) {
          printer.line(
            text({
              de: 'Das Profil nennt keine Beispiele: "examples": { "pass": […], "fail": […] }.',
              en: 'The profile names no examples: "examples": { "pass": […], "fail": […] }.',
            }),
            'bad',
          );
        }
      },
    };
  },
});

const verdicts: Readonly<Record<ExampleResult['verdict'], Text>> = {
  pass: text({ de: 'besteht', en: 'passes' }),
  fail: text({ de: 'besteht nicht', en: 'fails' }),
  error: text({ de: 'ist nicht prüfbar', en: 'cannot be judged' }),
};

function describe({ path, expected, holds, verdict, codes, rules, missing }: ExampleResult): Text {
  const told = [...codes, ...rules].join(', ');
  const because = told === '' ? verbatim('') : verbatim(` (${told})`);
  const lacking =
    missing.length === 0
      ? verbatim('')
      : text({ de: `; es fehlt: ${missing.join(', ')}`, en: `; missing: ${missing.join(', ')}` });
  const wanted =
    expected === 'pass'
      ? text({ de: 'muss bestehen', en: 'must pass' })
      : text({ de: 'muss scheitern', en: 'must fail' });
  const mark = holds ? '✓' : '✗';
  return text({
    de: `${mark} ${path}: ${wanted.de}, ${verdicts[verdict].de}${because.de}${lacking.de}`,
    en: `${mark} ${path}: ${wanted.en}, ${verdicts[verdict].en}${because.en}${lacking.en}`,
  });
}
