/** Hands bytes to the reader as a file. */
export function saveFile(content: Uint8Array | Blob | string, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([content as BlobPart], {type}));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download has taken what it needs once the click is handled; a little later is safe in every browser.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
