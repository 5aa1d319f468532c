const SCHOOL_CODE = 10;

/** Two digits of the province in which a school or a unit lies, by its code. */
export const provinceOf = (place: string): string =>
  place.length === SCHOOL_CODE ? place.slice(2, 4) : place.slice(0, 2);
