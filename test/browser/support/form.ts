import type { Locator, Page } from 'playwright-core';
import { emptyPaper } from '#deploy/demo/paper.ts';

/** Chooses from a list by the words of its label and of the choice, as a person would; a long list is searched. */
export const choose = async (within: Page | Locator, label: string, choice: string): Promise<void> => {
  const field = within.getByLabel(label, { exact: true });
  await field.click();
  if (await field.isEditable()) await field.fill(choice);
  await field
    .page()
    .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)')
    .getByTitle(choice, { exact: true })
    // A list that was chosen from before may still be closing.
    .last()
    .click();
};

/** Hands in a paper of one empty page, and says what it is once it was taken. */
export const handIn = async (page: Page, kind: string): Promise<void> => {
  const name = `${kind}.pdf`;
  const file = { name, mimeType: 'application/pdf', buffer: emptyPaper(crypto.randomUUID()) };
  await page.getByLabel('添加材料').setInputFiles(file);
  await choose(page, `材料种类 ${name}`, kind);
};

/** Presses the button of an order, fills what its dialog asks for, and confirms; waits until the dialog has gone. Throws with what it says. */
export const give = async (
  page: Page,
  order: string,
  fill?: (dialog: Locator) => Promise<void>,
): Promise<void> => {
  await page.getByRole('button', { name: order, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: order });
  await dialog.waitFor();
  await fill?.(dialog);
  await dialog.getByRole('button', { name: order, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' }).catch(async () => {
    throw new Error(`${order} was not done: ${await dialog.innerText()}`);
  });
};
