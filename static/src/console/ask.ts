/** A question that must be answered before something goes on. */
import { signal } from "@preact/signals";

export interface Question {
  title: string;
  body: string;
  yes: string;
  danger?: boolean;
}
export const question = signal<(Question & { answer: (yes: boolean) => void }) | null>(null);

/** Asks in a dialog; resolves to what was chosen, false when it is dismissed. */
export function ask(q: Question): Promise<boolean> {
  question.value?.answer(false);
  return new Promise((resolve) => {
    question.value = {
      ...q,
      answer: (yes) => {
        question.value = null;
        resolve(yes);
      },
    };
  });
}
