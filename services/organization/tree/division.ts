/** A row of the list of divisions from which the management tree is built. */
export type Division = {
  /** Public code, six digits: GB/T 2260, or ours where `gbt2260` is false. */
  code: string;
  name: string;
  /** Whether the code stands in GB/T 2260. */
  gbt2260: boolean;
  /** Pupils come from there, but no authority of this registry sits there. */
  originOnly: boolean;
  /** Code of the unit above, where the code itself does not tell. */
  under?: string;
  /** Tree code, six digits, where the public code does not nest below `under`. */
  slot?: string;
};
