import { type OperationNodeSource, type RawBuilder, sql } from 'kysely';
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
export function readTogether<const Questions extends readonly Read<unknown>[]>(
  ctx: Context,
  ...questions: Questions
): Promise<Answers<Questions>> {
  return read(ctx, allOf(questions));
}

/** Several questions as one. @param given WITH, and what they all may refer to */
export function allOf<const Questions extends readonly Read<unknown>[]>(
  questions: Questions,
  given: RawBuilder<unknown> = sql``,
): Read<Answers<Questions>> {
  const columns = questions.map(
    ({ query }, position) =>
      sql`(select coalesce(json_agg(found), '[]') from (${query}) found) as ${sql.id(`answer_${position}`)}`,
  );
  return readOf<Record<string, unknown[]>, Answers<Questions>>(
    sql`${given} select ${sql.join(columns)}`,
    ([row]) =>
      questions.map(({ answer }, position) =>
        answer(row?.[`answer_${position}`] ?? []),
      ) as Answers<Questions>,
  );
}

/** A moment of a row, however it came. */
export function momentOf(value: Date | string | null): Date | null {
  return typeof value === 'string' ? new Date(value) : value;
}
