import type { Tones } from './colour.ts';
import type { Ink } from './ink.ts';
import type { Rand } from './prng.ts';

export type View = 'front' | 'detail' | 'scene';

/** What a kind is drawn from: its colour, its dice (the same for every colour and view) and the gradients. */
export type Brief = { ink: Ink; tones: Tones; rand: Rand; view: View };

/** A thing on a field of 1200 x 1200, lit from the upper left, not yet in a room. */
export type Subject = {
  art: string;
  /** On a table (its foot at y = 930), on a floor, flat under the camera, on a wall, or from the ceiling. */
  stance: 'table' | 'room' | 'flat' | 'wall' | 'ceiling';
  /** Where the close-up looks, and how close. */
  focus: readonly [x: number, y: number, zoom: number];
  /** Where it touches the ground: centre and half width of each foot. */
  feet?: readonly (readonly [x: number, y: number, halfWidth: number])[];
  /** Its outlines, for the shadow that a flat or hung thing throws. */
  outline?: string;
};

export type Draw = (brief: Brief) => Subject;

/** Where things stand. */
export const ground = 930;
