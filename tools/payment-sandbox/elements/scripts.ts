import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', 'browser');

/** In the order in which they need each other. */
const bundles = {
  'stripe.js': ['protocol', 'form-encoding', 'ask-api', 'frame-link', 'elements', 'next-action', 'stripe'],
  'frame.js': [
    'protocol',
    'form-encoding',
    'ask-api',
    'words',
    'card-input',
    'frame-view',
    'field-formatting',
    'ways',
    'frame',
  ],
} as const;

const made = new Map<string, string>();

/**
 * One script of the files in `browser/`: types are taken away, imports fall away because all are in one scope. Made
 * when first asked for.
 */
export function scriptNamed(name: keyof typeof bundles): string {
  const known = made.get(name);
  if (known !== undefined) return known;
  const parts = bundles[name].map((file) => moduleBody(join(folder, `${file}.ts`)));
  const script = `(() => {\n'use strict';\n${parts.join('\n')}\n})();\n`;
  made.set(name, script);
  return script;
}

function moduleBody(file: string): string {
  return quietly(() => stripTypeScriptTypes(readFileSync(file, 'utf8')))
    .replaceAll(/^import\s[^;]*;$/gm, '')
    .replaceAll(/^export /gm, '')
    .replaceAll(/[ \t]+$/gm, '')
    .replaceAll(/\n{3,}/g, '\n\n');
}

/** Node warns that this one function may still change; whoever runs the sandbox can do nothing about it. */
function quietly<T>(work: () => T): T {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return work();
  } finally {
    process.emitWarning = emitWarning;
  }
}
