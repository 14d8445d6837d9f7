import {describe, expect, it} from "vitest";
import {
  classNamed,
  classesOf,
  idsInDataset,
  newProject,
  parseProject,
  withClass,
  withClassBack,
  withClassColour,
  withClassName,
  withPhoto,
  withoutClass,
  withoutPhoto
} from "../../src/labelling/project.js";

const empty = newProject("Mine", "p1", 7);
const photo = {key: "k", width: 4, height: 3, ending: "jpg"} as const;

describe("the classes of a project", () => {
  const project = ["cat", "dog", "bird"].reduce((before, name) => withClass(before, name), empty);

  it("begin with the background; each new one has an id and a colour of its own", () => {
    expect(classesOf(empty).map(({name}) => name)).toEqual(["background"]);
    expect(classesOf(project).map(({id}) => id)).toEqual([0, 1, 2, 3]);
    expect(new Set(classesOf(project).map(({colour}) => colour.join())).size).toBe(4);
  });

  it("are found whatever their letters' case, renamed and coloured", () => {
    const changed = withClassColour(withClassName(project, 1, " Tiger "), 1, [1, 2, 3]);
    expect(classNamed(changed, "tiger")).toEqual({id: 1, name: "Tiger", colour: [1, 2, 3]});
    // Its own name in other letters is no other's.
    expect(classNamed(withClassName(project, 1, "CAT"), "cat")?.name).toBe("CAT");
  });

  it("have names, no two alike, and there is always a first", () => {
    expect(() => withClass(project, "  ")).toThrow("A class needs a name.");
    expect(() => withClass(project, "Dog")).toThrow("There is a class “Dog” already.");
    expect(() => withClassName(project, 1, "dog")).toThrow("There is a class “dog” already.");
    expect(() => withoutClass(project, 0)).toThrow("it can be renamed, but not removed");
  });

  it("that are removed lose no pixel: their id is no other's, and comes back", () => {
    const without = withoutClass(project, 1);
    expect(classesOf(without).map(({name}) => name)).toEqual(["background", "dog", "bird"]);
    expect(classNamed(withClass(without, "fish"), "fish")?.id).toBe(4);
    expect(classNamed(withClass(without, "Cat"), "cat")?.id).toBe(1);
    expect(classesOf(withClassBack(without, 1))).toEqual(classesOf(project));
    const taken = withClassName(without, 2, "cat");
    expect(() => withClassBack(taken, 1)).toThrow("There is a class “cat” already.");
  });

  it("are in a data set the places of the list; what is undecided is the background or left out", () => {
    const without = withoutClass(project, 1);
    expect([...idsInDataset(without).subarray(0, 5), idsInDataset(without)[255]]).toEqual([0, 0, 1, 2, 0, 0]);
    const ignoring = idsInDataset({...without, unlabelled: "ignored"});
    expect([...ignoring.subarray(0, 5), ignoring[255]]).toEqual([0, 255, 1, 2, 255, 255]);
  });

  it("are 255 at most, so that none is the id of undecided pixels", () => {
    let full = empty;
    for (let index = 1; index < 255; index++) full = withClass(full, `class ${index}`);
    expect(Math.max(...full.classes.map(({id}) => id))).toBe(254);
    expect(() => withClass(full, "one more")).toThrow("A project has 255 classes at most");
  });
});

it("photos of the same name have ids of their own", () => {
  const project = ["a.jpg", "a.png", "b/c.jpg"].reduce(
    (before, name, index) => withPhoto(before, {...photo, key: `k${index}`, name}),
    empty
  );
  expect(project.photos.map(({id}) => id)).toEqual(["a", "a_2", "c"]);
  expect(withoutPhoto(project, "k1").photos.map(({id}) => id)).toEqual(["a", "c"]);
});

it("a project's file gives the same project; what is damaged gives none", () => {
  const project = withPhoto(withoutClass(withClass(empty, "cat"), 1), {...photo, name: "a.jpg"});
  expect(parseProject(JSON.stringify(project))).toEqual(project);
  for (const text of ["", "{", "null", "{}", JSON.stringify({...project, classes: []}), JSON.stringify({...project, unlabelled: "?"})])
    expect(parseProject(text)).toBeNull();
});
