import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileStore } from '../../kernel/index.ts';
import { createTestDomain, type TestDomain } from '../../testing/index.ts';
import { putImage, rendition } from '../index.ts';

let test: TestDomain;
beforeAll(async () => {
  test = await createTestDomain();
});
afterAll(() => test.close());

const photo = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#336699' } })
    .withExif({ IFD0: { Copyright: 'somebody at home' } })
    .jpeg()
    .toBuffer();

describe('pictures', () => {
  it('are stored once by their content', async () => {
    const bytes = await photo(800, 600);
    const stored = await putImage(test.ctx, bytes);
    expect(stored).toMatchObject({
      width: 800,
      height: 600,
      colour: expect.stringMatching(/^#[0-9a-f]{6}$/),
    });
    expect(await putImage(test.ctx, bytes)).toEqual(stored);
  });

  it('come in the allowed sizes and formats only, upright, without metadata, never enlarged', async () => {
    const { key } = await putImage(test.ctx, await photo(500, 400));
    for (const [width, format, real] of [
      [320, 'webp', 320],
      [640, 'avif', 500],
    ] as const) {
      const { content, contentType } = await rendition(test.ctx, { key, width, format });
      const metadata = await sharp(content).metadata();
      expect(contentType).toBe(`image/${format}`);
      expect(metadata.width).toBe(real);
      expect(metadata.exif).toBeUndefined();
    }
    for (const [width, format] of [
      [321, 'webp'],
      [320, 'png'],
      [99_999, 'avif'],
    ] as const) {
      await expect(rendition(test.ctx, { key, width, format })).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  it.each(['../../etc/passwd', 'ab/../cd', `ab/${'0'.repeat(64)}`])('%s is no picture', async (key) => {
    await expect(rendition(test.ctx, { key, width: 320, format: 'webp' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('are made once, however many ask at once', async () => {
    const { key } = await putImage(test.ctx, await photo(700, 700));
    let puts = 0;
    const { files } = test.ctx.services;
    const counting: FileStore = {
      get: (name) => files.get(name),
      has: (name) => files.has(name),
      async put(name, content, type) {
        puts += 1;
        await files.put(name, content, type);
      },
    };
    const ctx = { ...test.ctx, services: { ...test.ctx.services, files: counting } };
    const all = await Promise.all(
      Array.from({ length: 30 }, () => rendition(ctx, { key, width: 320, format: 'avif' })),
    );
    expect(new Set(all.map(({ content }) => content.byteLength)).size).toBe(1);
    expect(puts).toBe(1);
  });

  it.each([
    [
      'SVG',
      Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>',
      ),
    ],
    ['text', Buffer.from('GIF89a is how it begins')],
    ['nothing', Buffer.alloc(0)],
  ])('%s is refused', async (_kind, bytes) => {
    await expect(putImage(test.ctx, bytes)).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('too large to unpack are refused', async () => {
    const bomb = await sharp({ create: { width: 9_000, height: 9_000, channels: 3, background: '#fff' } })
      .png({ compressionLevel: 9 })
      .toBuffer();
    await expect(putImage(test.ctx, bomb)).rejects.toMatchObject({ code: 'invalid_input' });
  });
});
