import { checkTogether } from '../import/form-f1/cross-checks.ts';
import { FormDraft } from '../import/form-f1/form-draft.ts';
import { ALL_ITEMS } from '../import/form-f1/items.ts';
import type { ReadingContext } from '../import/form-f1/parse-context.ts';
import { readItem } from '../import/form-f1/parse-row.ts';
import { cleanText } from '../import/form-f1/text.ts';
import type { CollectedForm } from './collected-form.ts';

/** Reads a form of the counter as a row of a file is read: the same items, the same faults. */
export const draftOfForm = (form: CollectedForm, context: ReadingContext): FormDraft => {
  const draft = new FormDraft(context);
  for (const item of ALL_ITEMS) {
    const value = valueAt(form, item.key);
    if (typeof value === 'boolean') draft.set(item.key, value);
    const text = typeof value === 'string' ? cleanText(value) : '';
    if (text === '') continue;
    const reading = readItem(item, text);
    if (reading.ok) draft.set(item.key, reading.value);
    else draft.refuse(item, reading.fault);
  }
  checkTogether(draft, context);
  return draft;
};

const valueAt = (form: CollectedForm, key: string): unknown =>
  key
    .split('.')
    .reduce<unknown>(
      (value, step) =>
        typeof value === 'object' && value !== null
          ? Object.getOwnPropertyDescriptor(value, step)?.value
          : null,
      form,
    );
