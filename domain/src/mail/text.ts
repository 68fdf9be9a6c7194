import type { Block, MailContent, Pen } from './content.ts';

/** A mail as plain text. Links stand alone on their line, so that no program cuts them. */
export function textOf(content: MailContent, { shop }: Pen): string {
  const parts = [
    content.heading,
    content.greeting,
    ...content.blocks.map(textOfBlock),
    content.action && `${content.action.label}:\n${content.action.url}`,
    ...(content.afterAction ?? []).map(textOfBlock),
    // what mail programs take for the beginning of a signature
    `-- \n${shop.name}, ${shop.url}\n${content.reason}`,
  ];
  return `${parts.filter((part) => part !== undefined).join('\n\n')}\n`;
}

function textOfBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return block.text;
    case 'facts':
      return block.facts.map(([label, value]) => `${label}: ${value}`).join('\n');
    case 'link':
      return `${block.label}:\n${block.url}`;
    case 'lines':
      return [`${block.title}:`, ...block.lines].join('\n');
    case 'receipt':
      return [
        ...block.lines.map(
          (line) =>
            `${line.quantity} ${[line.title, line.variant].filter(Boolean).join(', ')}: ${line.total}`,
        ),
        '',
        ...block.sums.map(([label, amount]) => `${label}: ${amount}`),
      ].join('\n');
  }
}
