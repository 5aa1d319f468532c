/** Codes of schools have ten digits, those of units six. */
export const isSchool = (scope: string): boolean => scope.length === 10;

/** Address of the overview of a school or unit. */
export const overviewOf = (scope: string): string => `/overview?scope=${encodeURIComponent(scope)}`;
