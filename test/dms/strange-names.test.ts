import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createCmisAdapter } from '../../src/dms/cmis/adapter.ts';
import type { Definition } from '../../src/dms/enaio/dms-service.ts';
import { describeSchema } from '../../src/dms/enaio/read-schema.ts';
import type { DmsError } from '../../src/dms/errors.ts';
import { Refusal, refusalError } from '../../src/dms/http/refusal.ts';
import { tlsTrouble } from '../../src/dms/http/tls-trouble.ts';
import { compileMapping } from '../../src/dms/mapping/compile-mapping.ts';
import { filledTemplate } from '../../src/dms/mapping/template.ts';
import { startFakeRepository } from './cmis-fake.ts';
import { adapterOptions } from './cmis-system.ts';
import { enaioSettings } from './enaio-system.ts';

const account = { url: '', user: 'scanlot', password: 'geheim' };
/** Names that every object of the language has. */
const everywhere = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'] as const;

describe.each(everywhere)('the name "%s"', (name) => {
  it('is no kind of refusal that we know', () => {
    const error = refusalError(new Refusal(400, name, 'no'), {});
    expect([error.code, error.text.en]).toEqual(['dms.answer-unusable', expect.stringContaining('HTTP 400')]);
  });

  it('is no repository of a server', async () => {
    const fake = await startFakeRepository(account.user, account.password);
    const options = adapterOptions(account, fake.url);
    const adapter = createCmisAdapter({ ...options, settings: { ...options.settings, repository: name } });
    try {
      const error = await adapter.lookUp('A 1').catch((reason: unknown) => reason as DmsError);
      expect(error).toMatchObject({ code: 'dms.settings-wrong' });
      expect((error as DmsError).text.en).toContain(`no repository "${name}"`);
    } finally {
      await adapter.close();
      await fake.close();
    }
  });

  it('is no index data', () => {
    expect(() => filledTemplate(`/Akten/{${name}}`, { department: 'Amt' })).toThrow(
      expect.objectContaining({ code: 'dms.settings-wrong' }),
    );
  });

  it('is no object type whose fields we set ourselves', () => {
    const type = {
      id: name,
      name,
      queryName: name,
      base: 'document',
      parents: [],
      creatable: true,
      fields: [],
    } as const;
    const field = { id: 'F', label: 'F', queryName: 'F', type: 'text', required: true, readOnly: false } as const;
    const types = new Map([[name, { ...type, fields: [{ ...field, multiple: false, queryable: true }] }]]);
    const { types: told } = describeSchema({ types } as unknown as Definition, enaioSettings('http://localhost'));
    expect(told).toMatchObject([{ id: name, fields: [{ id: 'F', required: true, readOnly: false }] }]);
  });
});

it('is refused, with its place, for a column that expressions speak of', () => {
  const source = JSON.parse(
    '{ "columns": { "__proto__": "date", "toString": "text", "subject": "text" }, "file": { "type": "t" }, "document": { "type": "d" } }',
  );
  expect(compileMapping(source)).toMatchObject([
    { steps: ['columns', '__proto__'] },
    { steps: ['columns', 'toString'] },
  ]);
});

describe('a text of the settings with index data in it', () => {
  it('takes nested members, and nothing for what has no value', () => {
    const data = { department: 'Amt', box: null, pages: 3, profile: { key: 'L5' } };
    expect(filledTemplate('{department}/{box}/{pages}/{profile.key}/{lot}', data)).toBe('Amt//3/L5/');
  });

  it('is refused for a name that there is not, so that no file lands in the wrong place', () => {
    expect(() => filledTemplate('/Akten/{departmnt}', {})).toThrow(/did you mean "department"/);
  });
});

describe('an address behind which there is no interface', () => {
  let server: Server | undefined;
  afterEach(() => void server?.close());
  const errorOf = async (answer: RequestListener, protocol = 'http'): Promise<DmsError> => {
    server = createServer(answer);
    await new Promise<void>((listening) => server?.listen(0, '127.0.0.1', listening));
    const adapter = createCmisAdapter(
      adapterOptions(account, `${protocol}://127.0.0.1:${(server.address() as AddressInfo).port}`),
    );
    const error = await adapter.lookUp('A 1').catch((reason: unknown) => reason);
    await adapter.close();
    return error as DmsError;
  };

  it('is told when a web page answers', async () => {
    const error = await errorOf((_request, response) => response.end('\n<!doctype html><title>Anmeldung</title>'));
    expect(error).toMatchObject({ code: 'dms.unreachable' });
    expect(error.text.de).toContain('Webseite');
  });

  it('is told when it speaks no TLS, and no line of the library', async () => {
    const error = await errorOf((_request, response) => response.end('{}'), 'https');
    expect(error).toMatchObject({ code: 'dms.unreachable' });
    expect(error.text.en).toMatch(/^At this address the DMS speaks no TLS .* check the port/);
  });

  it.each([
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /not trusted .*certificateAuthority/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /not trusted .*certificateAuthority/],
    ['CERT_HAS_EXPIRED', /not valid .*renew/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /correct the address/],
  ])('is told what to do about a certificate that is refused: %s', (code, words) => {
    const told = tlsTrouble(Object.assign(new Error('words of the\nlibrary'), { code }));
    expect(told?.en).toMatch(words);
    expect(told?.en).toContain('(words of the library)');
    expect(tlsTrouble(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }))).toBeUndefined();
  });

  it('is told with the place that it leads to', async () => {
    const error = await errorOf((_request, response) => response.writeHead(302, { location: '/login' }).end());
    expect(error.text.en).toContain('/login');
  });
});
