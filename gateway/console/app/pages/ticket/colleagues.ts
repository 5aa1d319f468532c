type Registrar = {
  name: string | null;
  /** The login; kept back outside the own unit. */
  subject: string | null;
  unit: { code: string } | null;
  school: { id: string } | null;
};

/** People of a workplace who have a login, each once, as choices. */
export const colleaguesAt = (
  registrars: readonly Registrar[],
  workplace: string | undefined,
): { value: string; label: string }[] => {
  const choices = new Map<string, string>();
  for (const { name, subject, unit, school } of registrars) {
    if (subject && (school?.id ?? unit?.code) === workplace)
      choices.set(subject, name ? `${name}（${subject}）` : subject);
  }
  return [...choices].map(([value, label]) => ({ value, label }));
};
