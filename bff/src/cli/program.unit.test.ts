import { expect, it } from 'vitest';
import { createProgram } from './program.ts';

it.each(['migrate', 'import', 'reindex', 'events', 'mails', 'check', 'stock', 'promotions', 'gift-card'])(
  'souk %s says what it is for',
  (name) => {
    const command = createProgram().commands.find((candidate) => candidate.name() === name);
    expect(command?.helpInformation()).toMatch(new RegExp(`Usage: souk ${name}`));
    expect(command?.description()).not.toBe('');
  },
);
