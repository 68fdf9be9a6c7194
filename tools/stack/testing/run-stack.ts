// Runs a stack until it is killed: the launcher that the tests shoot at. Prints, as one line of JSON, what it runs.
import { openInstance } from '../instance.ts';
import { askedToStop } from '../signals.ts';
import { startStack } from '../stack.ts';

const stopping = askedToStop();
const stack = await startStack(openInstance(process.argv[2] ?? ''), { durable: false });
const pids = stack.services.flatMap(({ supervised }) => supervised?.server().pid ?? []);
console.log(JSON.stringify({ pids, databaseUrl: stack.databaseUrl }));
// A pending promise keeps no process alive.
const alive = setInterval(() => {}, 60_000);
await stopping;
clearInterval(alive);
await stack.stop();
process.exit();
