/** A pupil as a line of the list names them. */
export type NamedPupil = { studentNumber: string; name: string };

/** The pupils of a list, one a line with number and name; and, counted from 1, the lines that are neither empty nor that. */
export const pupilsIn = (typed: string): { pupils: NamedPupil[]; wrong: number[] } => {
  const pupils: NamedPupil[] = [];
  const wrong: number[] = [];
  for (const [at, line] of typed.split('\n').entries()) {
    const text = line.normalize('NFKC').trim();
    const [, studentNumber, name] = /^(\w{10,25})[\s,，]+(\S.*)$/u.exec(text) ?? [];
    if (studentNumber && name) pupils.push({ studentNumber: studentNumber.toUpperCase(), name: name.trim() });
    else if (text !== '') wrong.push(at + 1);
  }
  return { pupils, wrong };
};

/** By when somebody who was admitted is to report: the day until which more time was given, or that of everybody. */
export const reportsBy = (
  course: { noShowAfter: string | null; extendedUntil: string | null } | null,
): string | null => course?.extendedUntil ?? course?.noShowAfter ?? null;
