import { studioBackdrop } from './backdrop.ts';
import type { Lch } from './colour.ts';
import { group, type Ink } from './ink.ts';
import type { Rand } from './prng.ts';
import type { Subject } from './subject.ts';

export type Room = { ink: Ink; studio: Lch; subject: Subject; thing: string; rand: Rand };

export function roomAround({ ink, studio, subject, thing }: Room): string {
  return (
    studioBackdrop(ink, studio, subject.stance) +
    group(thing, 'translate(600 930) scale(.84) translate(-600 -930)')
  );
}
