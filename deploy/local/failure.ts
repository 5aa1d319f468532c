/** What the person at the terminal can mend: shown as it stands, without a stack. */
export class Failure extends Error {
  constructor(...lines: string[]) {
    super(lines.join('\n'));
    this.name = 'Failure';
  }
}
