import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createFinding, messageOf } from '../../src/findings/finding.ts';
import { systemReason, systemWords } from '../../src/shared/system-words.ts';

const usual =
  'EACCES EPERM ENOENT ENOTDIR EISDIR EIO ENOSPC EDQUOT EROFS ESTALE ETIMEDOUT ENAMETOOLONG EMFILE ENFILE EBUSY ELOOP';

test.each(usual.split(' '))('%s is told in German and in English, the code behind it', (code) => {
  const { de, en } = systemWords(code);
  expect(de).toMatch(new RegExp(`^[\\p{L} -]{6,} \\(${code}\\)$`, 'u'));
  expect(en).toMatch(new RegExp(`^[\\p{L} /-]{6,} \\(${code}\\)$`, 'u'));
  expect(de).not.toBe(en);
});

test('a code that is not a usual one stands alone', () => {
  expect(systemWords('EXDEV')).toEqual({ de: 'EXDEV', en: 'EXDEV' });
  expect(systemWords('constructor')).toEqual({ de: 'constructor', en: 'constructor' });
});

test("the system's error is told with the path that it names", () => {
  const path = join(tmpdir(), 'scanlot-nowhere', 'x');
  const error = thrownBy(() => readFileSync(path));
  expect(systemReason(error)).toEqual({
    de: `Datei oder Ordner nicht vorhanden (ENOENT): ${path}`,
    en: `no such file or folder (ENOENT): ${path}`,
  });
});

test('any other error is told by its own message, as is one of the network, which names the address', () => {
  expect(systemReason(new Error('not a regular file')).de).toBe('not a regular file');
  const away = Object.assign(new Error('connect ETIMEDOUT 10.0.0.1:443'), { code: 'ETIMEDOUT', syscall: 'connect' });
  expect(systemReason(away).en).toBe('connect ETIMEDOUT 10.0.0.1:443');
  expect(systemReason('gone').en).toBe('gone');
});

test('a German finding that quotes the system has no English words', () => {
  const finding = createFinding('file.unreadable', { path: 'a.pdf' }, { cause: 'EACCES' });
  expect(messageOf(finding, 'de')).toBe('Die Datei konnte nicht gelesen werden: kein Zugriffsrecht (EACCES).');
});

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}
