const BACKGROUND = /^_*(background|bg|back|unlabell?ed|void|other)_*$/i;

/** Whether a class is what is no object. */
export function isBackground(name: string): boolean {
  return BACKGROUND.test(name);
}

/** What other data sets call the classes of PASCAL VOC. */
const SYNONYMS: Readonly<Record<string, string>> = {
  airplane: "aeroplane",
  motorcycle: "motorbike",
  couch: "sofa",
  tv: "tvmonitor",
  television: "tvmonitor",
  bike: "bicycle",
  people: "person",
  human: "person",
  plant: "pottedplant",
  table: "diningtable"
};

/** Whether two names are of one class, e.g. "Dining table" and "diningtable". */
export function sameClass(one: string, other: string | undefined): boolean {
  return other !== undefined && plain(one) === plain(other);
}

function plain(name: string): string {
  if (isBackground(name)) return "background";
  const letters = name.toLowerCase().replace(/[\s_-]+/g, "");
  return Object.hasOwn(SYNONYMS, letters) ? SYNONYMS[letters]! : letters;
}
