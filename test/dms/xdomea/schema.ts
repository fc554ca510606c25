import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateXML } from 'xmllint-wasm';
import { corpus } from '../../support/corpora.ts';

const folder = corpus('xdomea');
export const hasSchemas = folder !== undefined;

/** What the published schema of a version says against a message: nothing when it is valid. */
export async function schemaMistakes(xml: string, version: '3.0' | '3.1'): Promise<string[]> {
  if (folder === undefined) throw new Error('corpus xdomea is missing');
  const schemas = join(folder, version === '3.0' ? 'schemes/xdomea_3.0.0' : 'xsd/3.1.0');
  const files = readdirSync(schemas).map((name) => schemaFile(name, join(schemas, name)));
  const code = schemaFile('xoev-code.xsd', join(folder, 'schemes/xoev/code/1_0/xoev-code.xsd'));
  const main = files.find(({ fileName }) => fileName === 'xdomea-Nachrichten-AbgabeDurchfuehren.xsd');
  if (!main) throw new Error('the schema of the hand-over is missing');
  const { errors } = await validateXML({
    xml: [{ fileName: 'message.xml', contents: xml }],
    schema: [main],
    preload: [...files.filter((file) => file !== main), code],
  });
  return errors.map(({ message }) => message);
}

/** All lie in one folder here; elsewhere the code type lies beside. */
function schemaFile(fileName: string, path: string) {
  const contents = readFileSync(path, 'utf8').replace(/"\.\.\/xoev\/[^"]*xoev-code\.xsd"/, '"xoev-code.xsd"');
  return { fileName, contents };
}
