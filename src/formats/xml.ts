import {SaxesParser} from "saxes";
import {FormatError} from "./format-error.js";

/** An element of an XML file. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** What stands in it outside of its children. */
  readonly text: string;
}

type Open = XmlElement & {readonly children: XmlElement[]; text: string};

/**
 * The root of an XML file.
 *
 * @param name of the file, for messages
 * @throws FormatError where it is none
 */
export function readXml(bytes: Uint8Array, name: string): XmlElement {
  const parser = new SaxesParser();
  const root: Open = {name: "", attributes: {}, children: [], text: ""};
  const open = [root];
  parser.on("opentag", ({name: tag, attributes}) => {
    const element: Open = {name: tag, attributes, children: [], text: ""};
    open.at(-1)!.children.push(element);
    open.push(element);
  });
  parser.on("text", (text) => (open.at(-1)!.text += text));
  parser.on("closetag", () => open.pop());
  parser.on("error", ({message}) => {
    throw new FormatError(`${name} is no XML: ${message}.`);
  });
  parser.write(new TextDecoder().decode(bytes)).close();
  return root.children[0]!;
}
