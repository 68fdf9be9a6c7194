import sharp from 'sharp';
import { drawPicture, type Picture } from './scene.ts';

/** Paints a picture: WebP, 1200 by 1200 pixels. The same picture gives the same bytes. */
export async function paint(picture: Picture): Promise<Uint8Array> {
  return sharp(Buffer.from(drawPicture(picture)), { density: 72 })
    .webp({ quality: 86, effort: 0 })
    .toBuffer();
}
