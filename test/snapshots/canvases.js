// Paints the pixels that stand in the canvases of these pages as text, for who opens one in a browser.
for (const canvas of document.querySelectorAll("canvas")) {
  const rows = canvas.innerHTML.match(/^#.*$/gm) ?? [];
  rows.forEach((row, y) =>
    row.split(" ").forEach((colour, x) => {
      const context = canvas.getContext("2d");
      context.fillStyle = colour;
      context.fillRect(x, y, 1, 1);
    })
  );
}
