import { Form, Link } from '@remix-run/react';
import type { StopAnswer } from '../lib/mailed-link.server.ts';
import { DoorFrame } from './DoorFrame.tsx';
import { ErrorNote } from './ErrorNote.tsx';
import { SavedNote } from './SavedNote.tsx';
import { SubmitButton } from './SubmitButton.tsx';

interface StopMailsProps {
  readonly title: string;
  /** What still comes. */
  readonly lead: string;
  /** What is said where nothing comes any more. */
  readonly over: string;
  /** What is said right after they were stopped. */
  readonly stopped: string;
  /** Whether nothing was to come before the button was pressed. */
  readonly isOver: boolean;
  readonly answer: StopAnswer | undefined;
}

/** The page behind a mail's "no more of these", which one button does. */
export function StopMails({ title, lead, over, stopped, isOver, answer }: StopMailsProps) {
  const isDone = answer?.isDone === true;
  return (
    <DoorFrame title={title} lead={isDone || isOver ? over : lead}>
      {isDone && <SavedNote>{stopped}</SavedNote>}
      {answer?.problem && <ErrorNote className="mb-6">{answer.problem}</ErrorNote>}
      {isDone || isOver ? (
        <Link to="/" className="button">
          Look around
        </Link>
      ) : (
        <Form method="post">
          <SubmitButton className="w-full text-lg" busy="Stopping them…">
            Stop these mails
          </SubmitButton>
        </Form>
      )}
    </DoorFrame>
  );
}
