/** Puts the focus on the heading of the page: where a page begins, and where what had the focus is gone. */
export const focusHeading = (): void => {
  document.querySelector('h1')?.focus();
};
