/** The bytes are not what they claim to be. Its message is a sentence for the person who chose the file. */
export class FormatError extends Error {
  override readonly name: string = "FormatError";
}
