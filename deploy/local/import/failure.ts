/** What the clerk at the terminal can mend: shown as it stands, Chinese first, without a stack. */
export class ImportFailure extends Error {
  constructor(...lines: string[]) {
    super(lines.join('\n'));
    this.name = 'ImportFailure';
  }
}
