import {encode} from "fast-png";
import {describe, expect, it} from "vitest";
import {maskOf, wholeSplit} from "../../src/datasets/dataset.js";
import {openDataset} from "../../src/datasets/open.js";
import {fillPolygons} from "../../src/drawing/fill.js";
import {treeOf} from "./trees.js";

/** A mask as it is drawn here: a row a line. */
async function drawn(files: Record<string, string | Uint8Array>, index = 0): Promise<string[]> {
  const {items} = await wholeSplit(await openDataset(treeOf(files)));
  const {width, height, ids} = await maskOf(items[index]!);
  return Array.from({length: height}, (_, y) => [...ids.subarray(y * width, (y + 1) * width)].join(""));
}

describe("fillPolygons", () => {
  const filled = (polygons: number[][], width = 6, height = 5) => {
    const ids = new Uint8Array(width * height);
    fillPolygons({width, height, ids}, polygons, 1);
    return Array.from({length: height}, (_, y) => [...ids.subarray(y * width, (y + 1) * width)].join(""));
  };

  it("fills the pixels whose centre lies inside, each of two neighbours once", () => {
    expect(filled([[1, 1, 4, 1, 4, 3, 1, 3]])).toEqual(["000000", "011100", "011100", "000000", "000000"]);
    // Two triangles of a square share a side: together they are the square.
    const [upper, lower] = [filled([[0, 0, 5, 0, 0, 5]], 5), filled([[5, 0, 5, 5, 0, 5]], 5)];
    expect(upper.map((row, y) => [...row].map((value, x) => Number(value) + Number(lower[y]![x])).join(""))).toEqual(
      Array(5).fill("11111")
    );
  });

  it("leaves holes, and cuts off what lies outside of the photo", () => {
    expect(
      filled([
        [-9, -9, 20, -9, 20, 20, -9, 20],
        [2, 1, 4, 1, 4, 4, 2, 4]
      ])
    ).toEqual(["111111", "110011", "110011", "110011", "111111"]);
  });
});

const coco = {
  images: [
    {id: 7, file_name: "a.jpg", width: 4, height: 3},
    {id: 8, file_name: "b.jpg", width: 4, height: 3}
  ],
  categories: [
    {id: 18, name: "dog"},
    {id: 1, name: "person"}
  ]
};
const photos = {"val2017/a.jpg": "", "val2017/b.jpg": "", "train2017/a.jpg": ""};

describe("COCO", () => {
  const instances = {
    ...coco,
    annotations: [
      {image_id: 7, category_id: 18, area: 2, segmentation: [[0, 0, 1, 0, 1, 2, 0, 2]]},
      // The smaller of two lies above, whichever comes first.
      {image_id: 7, category_id: 1, area: 9, segmentation: [[0, 0, 3, 0, 3, 3, 0, 3]]},
      {image_id: 8, category_id: 1, iscrowd: 1, area: 3, segmentation: {size: [3, 4], counts: [1, 3, 8]}}
    ]
  };

  it("instances are drawn by their polygons and runs, categories numbered in the order of their ids", async () => {
    const files = {...photos, "annotations/instances_val2017.json": JSON.stringify(instances), "annotations/captions_val2017.json": "{}"};
    const dataset = await openDataset(treeOf(files));
    expect([dataset.layout, dataset.splits, dataset.classes]).toEqual(["coco", ["val2017"], ["background", "person", "dog"]]);
    expect((await wholeSplit(dataset)).items.map(({photo}) => photo.name)).toEqual(["val2017/a.jpg", "val2017/b.jpg"]);
    expect(await drawn(files)).toEqual(["2110", "2110", "1110"]);
    // Down each column, then the next.
    expect(await drawn(files, 1)).toEqual(["0100", "1000", "1000"]);
  });

  it("runs may be the text that pycocotools makes", async () => {
    // Lengths 1, 3, 8 are below 16, a digit each; from the third on less the one two before would be for the fourth.
    const text = {...instances, annotations: [{image_id: 7, category_id: 1, segmentation: {size: [3, 4], counts: "138"}}]};
    expect(await drawn({...photos, "instances.json": JSON.stringify(text)})).toEqual(["0100", "1000", "1000"]);
    // 2, 2, 3, 2, 3: the fourth is told as 0 more than the second, the fifth as 0 more than the third.
    const longer = {...instances, annotations: [{image_id: 7, category_id: 1, segmentation: {size: [3, 4], counts: "22300"}}]};
    expect(await drawn({...photos, "instances.json": JSON.stringify(longer)})).toEqual(["0100", "0010", "1010"]);
  });

  it("panoptic segments are read from the PNG beside", async () => {
    const segment = (id: number) => [id & 255, (id >> 8) & 255, id >> 16];
    const pixels = [0, 0, 70000, 70000, 0, 0, 300, 300, 0, 0, 300, 5].flatMap(segment);
    const png = encode({width: 4, height: 3, data: Uint8Array.from(pixels), channels: 3, depth: 8});
    const infos = [
      {id: 70000, category_id: 18},
      {id: 300, category_id: 1}
    ];
    const panoptic = {...coco, images: coco.images.slice(0, 1), annotations: [{image_id: 7, file_name: "a.png", segments_info: infos}]};
    const files = {...photos, "annotations/panoptic_val2017.json": JSON.stringify(panoptic), "annotations/panoptic_val2017/a.png": png};
    expect(await drawn(files)).toEqual(["0022", "0011", "0010"]);
  });

  it.each<[string, object, string]>([
    [
      "a photo that is not there",
      {...instances, images: [{id: 7, file_name: "z.jpg", width: 4, height: 3}]},
      "instances.json names the photo z.jpg, which is not there."
    ],
    ["no photo", {...instances, images: []}, "instances.json names no photo."],
    [
      "a photo of no whole number of pixels",
      {...instances, images: [{id: 7, file_name: "a.jpg", width: 4.5, height: 3}]},
      "instances.json: a.jpg says that it is 4.5 x 3 pixels, which is no picture."
    ],
    [
      "runs that do not fill the photo",
      {...instances, annotations: [{image_id: 7, category_id: 1, segmentation: {size: [3, 4], counts: [5]}}]},
      "instances.json: a.jpg has runs over 5 pixels of 4x3; the photo has 4x3."
    ],
    [
      "a category that is not listed",
      {...instances, annotations: [{image_id: 7, category_id: 2, segmentation: []}]},
      "has an object of category 2, which the file does not list."
    ]
  ])("says so on %s", async (_, json, sentence) => {
    await expect(drawn({...photos, "instances.json": JSON.stringify(json)})).rejects.toThrow(sentence);
  });
});

describe("CVAT's XML", () => {
  const labels =
    "<meta><task><labels><label><name>dog</name><color>#ff0080</color></label><label><name>cat</name></label></labels></task></meta>";
  const xml = (...shapes: string[]) =>
    `<?xml version="1.0" encoding="utf-8"?><annotations><version>1.1</version>${labels}<image id="0" name="sub/a.jpg" width="4" height="3">${shapes.join("")}</image></annotations>`;
  const files = (...shapes: string[]) => ({"images/sub/a.jpg": "", "images/a.jpg": "", "annotations.xml": xml(...shapes)});
  const polygon = '<polygon label="dog" points="0,0;2,0;2,3;0,3" z_order="1"></polygon>';
  const mask = '<mask label="cat" rle="1, 2, 1, 2" left="1" top="1" width="3" height="2" z_order="0"/>';

  it("polygons, ellipses and masks are drawn, those of a larger z_order above", async () => {
    const dataset = await openDataset(treeOf(files(polygon, mask)));
    expect([dataset.layout, dataset.splits, dataset.classes]).toEqual(["cvat", ["all"], ["background", "dog", "cat"]]);
    expect(dataset.colours![1]).toEqual([255, 0, 128]);
    expect((await wholeSplit(dataset)).items.map(({photo}) => photo.name)).toEqual(["images/sub/a.jpg"]);
    expect(await drawn(files(polygon, mask))).toEqual(["1100", "1122", "1122"]);
    expect(await drawn(files('<ellipse label="cat" cx="2" cy="1.5" rx="1.9" ry="0.6" rotation="90"/>'))).toEqual(["0220", "0220", "0220"]);
  });

  it("of photos with one name each list has that in its own folder, however that is written", async () => {
    const image = (subset: string) => `<image id="0" name="a.jpg" subset="${subset}" width="4" height="3"></image>`;
    const both = `<annotations>${labels}${image("Train")}${image("Validation")}</annotations>`;
    const dataset = await openDataset(treeOf({"images/Train/a.jpg": "", "images/Validation/a.jpg": "", "annotations.xml": both}));
    expect(dataset.splits).toEqual(["validation", "train"]);
    const photos = await Promise.all(dataset.splits.map(async (split) => (await dataset.read(split)).items.map(({photo}) => photo.name)));
    expect(photos).toEqual([["images/Validation/a.jpg"], ["images/Train/a.jpg"]]);
  });

  it("says what is left out", async () => {
    const box = '<box label="dog" xtl="0" ytl="0" xbr="2" ybr="2"/>';
    const {notes, faults} = await wholeSplit(
      await openDataset(treeOf(files(box, box, '<polyline label="cat" points="0,0;1,1"/>', polygon)))
    );
    expect(faults).toEqual([]);
    expect(notes).toEqual(["2 boxes and 1 polyline are left out: only polygons, ellipses and masks say which pixels an object has."]);
  });

  it.each<[string, Record<string, string>, string]>([
    [
      "a mask that does not fill its box",
      files(mask.replace("1, 2, 1, 2", "1, 2")),
      "a.jpg has a mask of 3 pixels for 3x2 at 1, 1; the photo has 4x3."
    ],
    ["a polygon without points", files(polygon.replace("0,0;2,0;2,3;0,3", "0,0")), 'a.jpg has a polygon with the points "0,0"'],
    [
      "a photo of more pixels than there are",
      {...files(polygon), "annotations.xml": xml(polygon).replace('width="4"', 'width="999999999"')},
      "a.jpg is 999999999 x 3 pixels. Pictures of up to 268 million pixels are opened: make it smaller first."
    ],
    ["no photo", {"b.jpg": "", "annotations.xml": xml()}, "annotations.xml names the photo sub/a.jpg, which is not there."],
    ["no XML", {"annotations.xml": "<annotations><a></annotations>"}, "annotations.xml is no XML: "]
  ])("says so on %s", async (_, tree, sentence) => {
    await expect(drawn(tree)).rejects.toThrow(sentence);
  });
});

describe("labelme", () => {
  const square = {
    label: "cat",
    points: [
      [0, 0],
      [2, 0],
      [2, 2],
      [0, 2]
    ],
    shape_type: "polygon"
  };
  const labels = (shapes: object[], imagePath = "a.jpg") =>
    JSON.stringify({version: "5", shapes, imagePath, imageWidth: 4, imageHeight: 3});

  it("what is called ignored is ignored, as labelme's own converter has it", async () => {
    expect(await drawn({"a.jpg": "", "a.json": labels([{...square, label: "__ignore__"}])})).toEqual(["25525500", "25525500", "0000"]);
  });

  it("shapes are drawn in their order, classes by name over all files", async () => {
    const files = {
      "a.jpg": "",
      "a.json": labels([
        square,
        {
          label: "bird",
          points: [
            [1, 1],
            [4, 3]
          ],
          shape_type: "rectangle"
        },
        {
          label: "_background_",
          points: [
            [3, 0],
            [4, 1]
          ],
          shape_type: "rectangle"
        }
      ]),
      "sub/b.jpg": "",
      "sub/b.json": labels(
        [
          {
            label: "dog",
            points: [
              [2, 1.5],
              [3, 1.5]
            ],
            shape_type: "circle"
          }
        ],
        "..\\b.jpg"
      )
    };
    expect((await openDataset(treeOf(files))).classes).toEqual(["background", "bird", "cat", "dog"]);
    expect(await drawn(files)).toEqual(["2200", "2111", "0111"]);
    expect(await drawn(files, 1)).toEqual(["0000", "0330", "0000"]);
  });

  it.each<[string, string, string]>([
    [
      "lines",
      labels([{...square, shape_type: "linestrip"}]),
      "a.json has a linestrip called cat; an area is a polygon, a rectangle or a circle."
    ],
    ["no photo beside it", labels([square], "c.jpg"), "a.json names the photo c.jpg, which is not beside it."],
    ["no JSON", "{", "a.json is no JSON"]
  ])("says so on %s", async (_, json, sentence) => {
    await expect(drawn({"a.jpg": "", "a.json": json})).rejects.toThrow(sentence);
  });
});

describe("more classes than a mask can tell apart", () => {
  const many = Array.from({length: 255}, (_, index) => `class ${index}`);
  const shape = {points: [], shape_type: "polygon"};
  const shapes = many.map((label) => ({...shape, label}));
  const listedLabels = many.map((name) => `<label><name>${name}</name></label>`).join("");
  it.each([
    ["COCO", "instances.json", JSON.stringify({images: [], annotations: [], categories: many.map((name, id) => ({id, name}))})],
    ["labelme", "a.json", JSON.stringify({shapes, imagePath: "a.jpg", imageWidth: 4, imageHeight: 3})],
    ["CVAT", "annotations.xml", `<annotations><meta><task><labels>${listedLabels}</labels></task></meta></annotations>`]
  ])("are too many in %s", async (_, path, text) => {
    await expect(openDataset(treeOf({"a.jpg": "", [path]: text}))).rejects.toThrow(/has 255 (categories|labels); a mask holds at most 254/);
  });
});
