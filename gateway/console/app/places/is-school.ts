/** Codes of schools have ten digits, those of units six. */
export const isSchool = (scope: string): boolean => scope.length === 10;
