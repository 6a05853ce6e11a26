import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { quietContext } from '../testing/context.ts';
import { folderSource, isInside, pathOf } from './folder.ts';

/** A folder to share, with something beside it that is not to be shared. */
async function setUp() {
  const place = await mkdtemp(join(tmpdir(), 'assay-folder-'));
  onTestFinished(() => rm(place, { recursive: true }));
  const folder = join(place, 'shared');
  await mkdir(join(folder, 'deep'), { recursive: true });
  await writeFile(join(place, 'secret.txt'), 'secret');
  await mkdir(join(place, 'shared-too'));
  await writeFile(join(place, 'shared-too', 'secret.txt'), 'secret');
  await writeFile(join(folder, 'a file.md'), '# Hello');
  await writeFile(join(folder, 'deep', 'bytes.bin'), Buffer.from([0, 255, 1]));
  await writeFile(join(folder, 'huge.txt'), 'x'.repeat(1024 * 1024 + 1));
  await symlink(join(place, 'secret.txt'), join(folder, 'link.txt'));
  await symlink(place, join(folder, 'way-out'));
  await symlink(join(folder, 'a file.md'), join(folder, 'inner.md'));
  const source = folderSource(folder, { pathOf, isInside });
  const [template] = source.templates;
  return { source, read: (uri: string) => template?.read(uri, quietContext()) };
}

describe('a folder', () => {
  it('is listed, file by file', async () => {
    const { source } = await setUp();
    const listed = (await source.list()).map(({ uri, name, mimeType }) => ({ uri, name, mimeType }));
    expect(listed).toEqual([
      { uri: 'file:///a%20file.md', name: 'a file.md', mimeType: 'text/markdown' },
      { uri: 'file:///deep/bytes.bin', name: 'deep/bytes.bin', mimeType: 'application/octet-stream' },
      { uri: 'file:///huge.txt', name: 'huge.txt', mimeType: 'text/plain' },
    ]);
  });

  it('gives text as text and bytes as bytes', async () => {
    const { read } = await setUp();
    expect(await read('file:///a%20file.md')).toEqual([
      { uri: 'file:///a%20file.md', mimeType: 'text/markdown', text: '# Hello' },
    ]);
    expect(await read('file:///deep/bytes.bin')).toMatchObject([{ blob: 'AP8B' }]);
    expect(await read('file:///inner.md')).toMatchObject([{ text: '# Hello' }]);
  });

  it.each([
    'file:///../secret.txt',
    'file:///deep/../../secret.txt',
    'file:///%2e%2e/secret.txt',
    'file:///..%2fsecret.txt',
    'file:///%252e%252e/secret.txt',
    'file:///deep/..%5c..%5csecret.txt',
    'file:///../shared-too/secret.txt',
    'file:////etc/passwd',
    'file:///%2fetc/passwd',
    'file://localhost/a%20file.md',
    'file:/a%20file.md',
    'file:///a file.md/',
    'file:///link.txt',
    'file:///way-out/secret.txt',
    'file:///way-out/shared/a%20file.md/..',
    'file:///deep',
    'file:///huge.txt',
    'file:///nothing',
    'file:///a%00.md',
    'file:///%',
    'file:///',
    'file:///C:/secret.txt',
    'assay://about',
    '',
  ])('gives nothing at %s', async (uri) => {
    const { read } = await setUp();
    expect(await read(uri)).toBeUndefined();
  });
});

it.each([
  ['/a/b', '/a/b/c', true],
  ['/a/b', '/a/b/..c', true],
  ['/a/b', '/a/b', false],
  ['/a/b', '/a/bc', false],
  ['/a/b', '/a', false],
  ['/a/b', '/', false],
])('in %s, %s is inside: %s', (folder, file, inside) => {
  expect(isInside(folder, file)).toBe(inside);
});
