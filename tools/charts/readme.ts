import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isNode, isScalar, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { repository } from '../stack/paths.ts';

const chart = join(repository, 'charts/souk');
export const readmeFile = join(chart, 'README.md');

const begin = '<!-- values: written by npm run charts:docs -->';
const end = '<!-- end of values -->';

/** The chart's README with the table of its values as values.yaml says it now. @throws Error when the README has no place for it */
export function readmeNow(): string {
  const text = readFileSync(readmeFile, 'utf8');
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`${readmeFile} has no "${begin}" … "${end}"`);
  return `${before}${begin}\n${valuesTable(readFileSync(join(chart, 'values.yaml'), 'utf8'))}\n${end}${after}`;
}

/** A Markdown table of all values of a values.yaml: their paths, defaults, and the comments above them. */
export function valuesTable(yaml: string): string {
  const { contents } = parseDocument(yaml);
  if (!isMap(contents)) throw new Error('values.yaml holds no map');
  return ['| value | default | meaning |', '| --- | --- | --- |', ...rowsOf(contents, '')].join('\n');
}

function rowsOf(map: YAMLMap, path: string): string[] {
  return map.items.flatMap((pair, index) => {
    const own = path === '' ? String(pair.key) : `${path}.${String(pair.key)}`;
    // the parser gives the comment above the first key to the map
    const comment = commentOf(pair) || (index === 0 ? inOneLine(map.commentBefore) : '');
    if (!isMap(pair.value) || pair.value.flow || pair.value.items.length === 0) {
      return [row(own, shown(pair.value), comment)];
    }
    // what a whole group means is a row of its own
    return [...(commentOf(pair) === '' ? [] : [row(own, '', comment)]), ...rowsOf(pair.value, own)];
  });
}

function commentOf({ key }: Pair): string {
  return isScalar(key) ? inOneLine(key.commentBefore) : '';
}

function inOneLine(comment: string | null | undefined): string {
  const paragraphs = (comment ?? '').split('\n\n');
  return (paragraphs.at(-1) ?? '').replaceAll(/\s*\n\s*/g, ' ').trim();
}

function shown(value: unknown): string {
  return `\`${JSON.stringify(isNode(value) ? value.toJSON() : value)}\``;
}

function row(path: string, value: string, comment: string): string {
  return `| \`${path}\` | ${value.replaceAll('|', '\\|')} | ${comment.replaceAll('|', '\\|')} |`;
}
