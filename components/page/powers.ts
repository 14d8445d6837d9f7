const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A small number with its power of ten, as it is written by hand: 2.4 × 10⁻⁷. Nothing is 0. */
export function withPower(value: number): string {
  if (value === 0) return "0";
  const [digits, power] = value.toExponential(1).split("e") as [string, string];
  const raised = [...power.replace(/^[+-]/, "")].map((digit) => RAISED[Number(digit)]).join("");
  return `${digits}\u00a0×\u00a010${power.startsWith("-") ? "⁻" : ""}${raised}`;
}
