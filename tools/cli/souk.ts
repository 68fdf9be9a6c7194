import { createProgram, runProgram } from '@souk/bff/cli';
import { addDemoUsers } from './commands/demo-users.ts';
import { addSeed } from './commands/seed.ts';
import { addTypes } from './commands/types.ts';

const program = createProgram();
for (const add of [addSeed, addDemoUsers, addTypes]) add(program);
await runProgram(program);
