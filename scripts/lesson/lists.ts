/** The list of lessons (`data/lessons.ts`) with one more at its end. @throws Error where the list is not as it was known */
export function withEntry(source: string, name: string, title: string): string {
  const end = source.indexOf("\n];", source.indexOf("LESSONS"));
  if (end < 0) throw new Error("data/lessons.ts holds no list of lessons any more that a line could be added to.");
  const entry = `{path: "/${name}", name: "${title}", about: "What one kernel does to your photo, at the rate that you choose."}`;
  return `${source.slice(0, end)},\n  ${entry}${source.slice(end)}`;
}

/** README.md with a link to one more lesson, behind the last. @throws Error where it links to none */
export function withLink(readme: string, name: string, title: string): string {
  const list = readme.slice(0, readme.indexOf("The photo you choose in one"));
  const last = list.lastIndexOf(".md)");
  if (last < 0) throw new Error("README.md holds no list of lessons any more that a link could be added to.");
  const at = last + ".md)".length;
  return `${readme.slice(0, at)}, [${title.charAt(0).toLowerCase()}${title.slice(1)}](src/${name}.md)${readme.slice(at)}`;
}
