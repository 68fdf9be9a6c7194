import { type OperationNodeSource, sql } from 'kysely';
import type { Context } from './context.ts';

/**
 * A question to the database that is not asked yet, and what its rows mean. Asked together with others its rows come through JSON:
 * moments are texts then, for `momentOf`.
 */
export interface Read<Answer> {
  readonly query: OperationNodeSource;
  readonly answer: (rows: readonly unknown[]) => Answer;
}

/** Declares a question. `answer` is given the rows of `query`, of whose shape the compiler is told as for any other raw SQL. */
export function readOf<Row, Answer>(
  query: OperationNodeSource,
  answer: (rows: readonly Row[]) => Answer,
): Read<Answer> {
  return { query, answer: (rows) => answer(rows as readonly Row[]) };
}

/** Asks a question. One statement. */
export async function read<Answer>(ctx: Context, question: Read<Answer>): Promise<Answer> {
  const { rows } = await sql`${question.query}`.execute(ctx.db);
  return question.answer(rows);
}

type Answers<Questions> = {
  [Key in keyof Questions]: Questions[Key] extends Read<infer Answer> ? Answer : never;
};

/** Asks several questions in one statement: one trip to the database instead of one for each, and all of the same moment. */
export async function readTogether<const Questions extends readonly Read<unknown>[]>(
  ctx: Context,
  ...questions: Questions
): Promise<Answers<Questions>> {
  const columns = questions.map(
    ({ query }, position) =>
      sql`(select coalesce(json_agg(found), '[]') from (${query}) found) as ${sql.id(`answer_${position}`)}`,
  );
  const { rows } = await sql<Record<string, unknown[]>>`select ${sql.join(columns)}`.execute(ctx.db);
  const answers = questions.map(({ answer }, position) => answer(rows[0]?.[`answer_${position}`] ?? []));
  return answers as Answers<Questions>;
}

/** A moment of a row, however it came. */
export function momentOf(value: Date | string | null): Date | null {
  return typeof value === 'string' ? new Date(value) : value;
}
