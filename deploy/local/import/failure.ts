import { Failure } from '#deploy/local/failure.ts';

/** What the clerk at the terminal can mend: shown as it stands, Chinese first, without a stack. */
export class ImportFailure extends Failure {
  constructor(...lines: string[]) {
    super(...lines);
    this.name = 'ImportFailure';
  }
}
