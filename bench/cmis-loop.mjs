// The yardstick of bench/cmis.ts: every file is sent to a CMIS repository and fetched back, so many at a time, over
// connections that stay open, as documents of the same type; nothing is checked, recorded or compared.
// Run: node bench/cmis-loop.mjs SERVICE-URL FOLDER PARALLEL  (user scanlot, password in SCANLOT_DMS_PASSWORD)
import { createReadStream, readdirSync, statSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

const [service, folder, parallel] = process.argv.slice(2);
const root = new URL(`${service}/A1/root`);
const agent = new Agent({ keepAlive: true, maxSockets: Number(parallel) });
const authorization = `Basic ${Buffer.from(`scanlot:${process.env.SCANLOT_DMS_PASSWORD}`).toString('base64')}`;

const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.pdf'))
  .map((entry) => join(entry.parentPath, entry.name));
const open = [...files.entries()];
await Promise.all(
  Array.from({ length: Number(parallel) }, async () => {
    for (let next = open.pop(); next; next = open.pop()) await sendAndFetch(next[1], `file-${next[0]}.pdf`);
  }),
);
agent.destroy();

async function sendAndFetch(path, name) {
  const created = JSON.parse(await upload(path, name));
  const content = new URL(root);
  content.searchParams.set('cmisselector', 'content');
  content.searchParams.set('objectId', created.succinctProperties['cmis:objectId']);
  const size = await exchange(content, { method: 'GET' }, async (answer) => {
    let length = 0;
    for await (const bytes of answer) length += bytes.length;
    return length;
  });
  if (size !== statSync(path).size) throw new Error(`${name}: ${size} bytes came back`);
}

async function upload(path, name) {
  const boundary = 'scanlot-bench';
  const fields = [
    ['_charset_', 'UTF-8'],
    ['cmisaction', 'createDocument'],
    ['succinct', 'true'],
    ['versioningState', 'major'],
    ['propertyId[0]', 'cmis:objectTypeId'],
    ['propertyValue[0]', 'county:document'],
    ['propertyId[1]', 'cmis:name'],
    ['propertyValue[1]', name],
  ];
  const form = fields.map(
    ([field, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`,
  );
  const content = `Content-Disposition: form-data; name="content"; filename="${name}"\r\nContent-Type: application/pdf`;
  const head = Buffer.from(`${form.join('')}--${boundary}\r\n${content}\r\n\r\n`);
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  const headers = {
    'content-type': `multipart/form-data; boundary=${boundary}`,
    'content-length': head.length + statSync(path).size + tail.length,
  };
  const read = async (answer) => {
    const pieces = [];
    for await (const bytes of answer) pieces.push(bytes);
    return Buffer.concat(pieces).toString('utf8');
  };
  return exchange(root, { method: 'POST', headers }, read, async (outgoing) => {
    outgoing.write(head);
    await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), outgoing, { end: false });
    outgoing.end(tail);
  });
}

function exchange(url, { method, headers = {} }, read, send = async (outgoing) => outgoing.end()) {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, agent, headers: { authorization, ...headers } }, (answer) => {
      if (answer.statusCode >= 300) reject(new Error(`HTTP ${answer.statusCode}`));
      else read(answer).then(resolve, reject);
    });
    outgoing.on('error', reject);
    send(outgoing).catch(reject);
  });
}
