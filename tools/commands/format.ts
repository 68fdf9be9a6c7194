import { runTool } from './checks.ts';

const paths = process.argv.slice(2);
const { code, output } = await runTool('biome', ['check', '--write', ...(paths.length > 0 ? paths : ['.'])]);
console.log(output.trimEnd());
process.exitCode = code ?? 1;
