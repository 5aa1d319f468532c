/** Operations to paste into GraphiQL, one for each of the three questions that the registry is asked most. */
export const welcomeOperations: string[] = [
  `# How many pupils are there? (as shanxi)
{ enrollmentStatistics(by: [UNIT, STAGE]) { total rows { keys { value label } display } } }`,
  `# Whose registrations wait for me? (as xiaodian)
{ enrollments(filter: { mine: true }, first: 10) { edges { node { id status grade student { name } } } } }`,
  `# What is known of a pupil? (as guardian)
{ enrollments(first: 1) { edges { node { status grade school { name } student { name studentNumber numberKind } } } } }`,
];
