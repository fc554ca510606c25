import { afterEach, beforeEach, expect, it } from 'vitest';
import { withdrawComplaint } from '../../src/acceptance/complaint/answer.ts';
import { complaintNotice } from '../../src/acceptance/complaint/notice.ts';
import { complaintDocument } from '../../src/acceptance/complaint/notice-letter.ts';
import { raiseComplaint } from '../../src/acceptance/complaint/raise.ts';
import type { CalendarDate } from '../../src/shared/dates.ts';
import { addBatch, addDelivery, type CustodyWorkspace, custodyWorkspace, picked } from '../support/custody.ts';

const day = (value: string) => value as CalendarDate;
let custody: CustodyWorkspace;
beforeEach(async () => {
  custody = await custodyWorkspace();
  const { workspace } = custody;
  const names = ['33.1/1', '33.1/2', '33.1/3'];
  const { id, files } = await addBatch(
    workspace,
    'B-1',
    names.map((name) => picked(name)),
  );
  const delivered = names.map((reference, at) => ({
    reference,
    fileId: files[at]!,
    decision: { outcome: 'accepted' },
  }));
  await addDelivery(workspace, id, 1, delivered as Parameters<typeof addDelivery>[3]);
  await raise(['33.1/1'], 'Rückseiten fehlen');
  await raise(['33.1/2', '33.1/3'], 'Seite 3 ist unscharf');
});
afterEach(() => custody.remove());

const raise = (files: readonly string[], reason: string) => {
  const days = { raisedOn: day('2021-04-12'), deadline: day('2021-04-26') };
  return raiseComplaint(custody.workspace, { batch: 'B-1', files, reason, ...days });
};
const letter = async (date: string, number?: number) => {
  const notice = await complaintNotice(custody.workspace, { batch: 'B-1', number, date: day(date) });
  const { language, blocks } = complaintDocument(notice, custody.workspace);
  expect(language).toBe('de');
  return JSON.stringify(blocks, (_, value) =>
    value && typeof value === 'object' && 'rows' in value ? { ...value, rows: [...value.rows] } : value,
  );
};

it('is a German letter about the newest complaint: defect, deadline, files, and who bears the costs', async () => {
  const words = await letter('2021-04-12');
  for (const part of [
    'Scan GmbH',
    'Mängelrüge 2 zur Charge B-1 nach Abnahme',
    'an 2 Akten der Charge B-1',
    'Seite 3 ist unscharf',
    'Frist zur Nacherfüllung: 26.04.2021 (Eingang bei uns)"',
    '§ 635 Abs. 2 BGB',
    'Originale nicht vernichtet',
    '"33.1/2","","B-1/1","05.03.2021","20"',
  ]) {
    expect(words).toContain(part);
  }
  expect(words).not.toContain('33.1/1"');
  expect(words).not.toContain('verstrichen');
});

it('says so when the deadline has passed', async () => {
  expect(await letter('2021-04-26')).not.toContain('abgelaufen');
  const words = await letter('2021-04-27');
  expect(words).toContain('26.04.2021 (Eingang bei uns) – abgelaufen');
  expect(words).toContain('ohne Nacherfüllung verstrichen');
});

it('is about the complaint that is named, and about what is not settled of it', async () => {
  expect(await letter('2021-04-12', 1)).toContain('Rückseiten fehlen');
  const request = { batch: 'B-1', reason: 'lesbar', date: day('2021-04-13') };
  await withdrawComplaint(custody.workspace, { ...request, files: ['33.1/3'] });
  const words = await letter('2021-04-14', 2);
  expect(words).toContain('an einer Akte der Charge');
  expect(words).not.toContain('33.1/3');
  await withdrawComplaint(custody.workspace, { ...request, files: ['33.1/2'] });
  expect(await letter('2021-04-14')).toContain('Rückseiten fehlen');
  await expect(letter('2021-04-14', 2)).rejects.toMatchObject({ code: 'complaint.nothing-pending' });
});
