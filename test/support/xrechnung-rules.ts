import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packagePath } from '../../src/shared/package.ts';

const run = promisify(execFile);
const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1';
const saxon = '13.1.1';

/** The official Schematron (EN 16931 1.3.16, XRechnung 3.0.2 / 2.5.0), compiled to XSLT, as these jars hold it. */
const jars = ['phive-rules-xrechnung:4.2.3', 'phive-rules-en16931:4.3.7'];

/** One JSON line a file, exit code 0 valid, 1 not, 3 not judged: a form that `scanlot invoice check --validator` reads. */
const script = `
import sys, os, json
import xml.etree.ElementTree as tree
from saxonche import PySaxonProcessor
home = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'rules', 'external', 'schematron')
sheets = {('en', 'ubl'): '1.3.16/ubl/EN16931-UBL-validation.xslt', ('en', 'cii'): '1.3.16/cii/EN16931-CII-validation.xslt',
          ('xr', 'ubl'): '3.0.2/XRechnung-UBL-validation.xslt', ('xr', 'cii'): '3.0.2/XRechnung-CII-validation.xslt'}
syntaxes = {'CrossIndustryInvoice': 'cii', 'Invoice': 'ubl', 'CreditNote': 'ubl'}
processor = PySaxonProcessor(license=False)
xslt = processor.new_xslt30_processor()
compiled = {}
svrl = '{http://purl.oclc.org/dsdl/svrl}'

def judge(path):
    told = {'file': path, 'valid': None, 'layers': [], 'findings': []}
    try:
        root = tree.parse(path).getroot()
    except (tree.ParseError, OSError) as error:
        return {**told, 'error': str(error)}, 3
    syntax = syntaxes.get(root.tag.split('}')[-1])
    if syntax is None:
        return {**told, 'error': 'root element ' + root.tag}, 3
    names = [e.text or '' for e in root.iter() if e.tag.split('}')[-1] in ('CustomizationID', 'ID')]
    layers = ['en', 'xr'] if any('xrechnung' in name for name in names[:20]) else ['en']
    valid = True
    for layer in layers:
        if (layer, syntax) not in compiled:
            compiled[layer, syntax] = xslt.compile_stylesheet(stylesheet_file=os.path.join(home, sheets[layer, syntax]))
        report = tree.fromstring(compiled[layer, syntax].transform_to_string(source_file=path).encode())
        told['layers'].append(layer)
        for failed in [e for e in report.iter() if e.tag in (svrl + 'failed-assert', svrl + 'successful-report')]:
            level = failed.get('flag') or 'fatal'
            valid = valid and level not in ('fatal', 'error')
            text = ' '.join(''.join(failed.itertext()).split())
            told['findings'].append({'layer': layer, 'level': level, 'id': failed.get('id'), 'location': failed.get('location'), 'text': text})
    return {**told, 'valid': valid}, 0 if valid else 1

worst = 0
for path in sys.argv[1:]:
    told, code = judge(path)
    worst = max(worst, code)
    print(json.dumps(told, ensure_ascii=False), flush=True)
sys.exit(worst)
`;

const unpack = `
import glob, sys, zipfile
for jar in glob.glob(sys.argv[1] + '/jars/*.jar'):
    with zipfile.ZipFile(jar) as archive:
        archive.extractall(sys.argv[1] + '/rules', [n for n in archive.namelist() if n.startswith('external/schematron/')])
`;

/**
 * Program and arguments of a validator that runs the official rules; its parts are fetched from Maven Central and PyPI into
 * .cache at first use.
 * @throws when Java, Maven, Python or a part cannot be had: a referee that is missing is no pass
 */
export async function xrechnungRules(): Promise<readonly [program: string, script: string]> {
  const home = packagePath('.cache', 'xrechnung-rules-3.0.2');
  const command = [join(home, 'venv', 'bin', 'python'), join(home, 'validate.py')] as const;
  if (existsSync(command[1])) return command;
  await rm(home, { recursive: true, force: true });
  await mkdir(home, { recursive: true });
  for (const jar of jars) {
    const target = [`-Dartifact=com.helger.phive.rules:${jar}`, `-DoutputDirectory=${join(home, 'jars')}`];
    await run('mvn', ['-B', '-q', `${plugin}:copy`, ...target], { timeout: 300_000 });
  }
  await run('python3', ['-c', unpack, home]);
  await run('python3', ['-m', 'venv', join(home, 'venv')]);
  await run(join(home, 'venv', 'bin', 'pip'), ['install', '--quiet', `saxonche==${saxon}`], { timeout: 300_000 });
  // The script comes last: where it is, all is there.
  await writeFile(join(home, 'fresh.py'), script);
  await rename(join(home, 'fresh.py'), command[1]);
  return command;
}
