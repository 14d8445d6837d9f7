/** The number that a page writes with a power of ten. */
export function numberWithPower(text: string): number {
  const [digits, power = ""] = text.split("×").map((part) => part.trim());
  const raised = power
    .replace(/^10/, "")
    .replaceAll(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => String("⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(digit)))
    .replace("⁻", "-");
  return Number(digits) * 10 ** Number(raised);
}
