/** What the person at the terminal can mend: shown as it stands, without a stack. */
export class Failure extends Error {
  constructor(...lines: string[]) {
    super(lines.join('\n'));
    this.name = 'Failure';
  }
}

/** How a command is used, because somebody asked for it: no failure, and the command does nothing else. */
export class Help extends Error {
  constructor(usage: string) {
    super(usage);
    this.name = 'Help';
  }
}
