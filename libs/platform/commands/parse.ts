import type { z } from 'zod';
import { badInput, type InputProblem } from '../errors/errors.ts';

const problemOf = (issue: z.core.$ZodIssue): InputProblem => ({
  path: issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step)),
  code: issue.code === 'custom' ? String(issue.params?.code ?? 'INVALID') : issue.code.toUpperCase(),
  message: issue.message,
});

/** The input as the command wants it; throws BAD_USER_INPUT with every problem and its path, without values. */
export const parseInput = <Shape extends z.ZodType>(shape: Shape, input: unknown): z.infer<Shape> => {
  const parsed = shape.safeParse(input);
  if (parsed.success) return parsed.data;
  throw badInput(parsed.error.issues.map(problemOf));
};
