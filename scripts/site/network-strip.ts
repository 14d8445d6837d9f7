import {boxHeight} from "../../components/network/diagram-boxes.js";
import {columnsOf, rowsOf, verticesOf} from "../../components/network/diagram-graph.js";
import type {LessonEntry} from "../../data/lessons.js";
import {plan} from "../../src/engine/plan.js";
import {released} from "../../src/engine/released.js";
import {lineage} from "../../src/engine/teaching/lineage.js";
import {isAboutSome, lessonsAbout} from "../../src/lab/lessons-about.js";
import {planDiagram} from "../../src/pages/lessons/network/items.js";

/** A box of the strip. */
interface StripBox {
  readonly id: string;
  /** Whose map it shows. */
  readonly endPoint: string;
  /** Centre, in the drawing's units. */
  readonly x: number;
  readonly y: number;
  /** Width and height: what it shows is a map. */
  readonly size: number;
  /** CSS colour. */
  readonly colour: string;
  readonly hollow: boolean;
  /** What it reads. */
  readonly inputs: readonly string[];
  /** Lessons that are about something in it; it leads to the first. */
  readonly lessons: readonly string[];
}

/** The network that the lessons take apart: v3+ on the backbone that `nano` has, at its usual size. */
const PLAN = plan(lineage("v3+", released(0.5)), {height: 513, width: 513});
/** Units of the drawing: between boxes, from branch to branch, around everything; the largest and the smallest box. */
const GAP = 12;
const PITCH = 16;
const MARGIN = 3;
const LARGEST = 56;
const SMALLEST = 13;

const about = lessonsAbout(PLAN);

const BOXES = stripBoxes();

/**
 * The network in a thin strip, drawn from its plan: what the lesson is about is lit, and each box leads to a lesson about it.
 *
 * @param here the lesson that is open
 */
export function networkStrip(lessons: readonly LessonEntry[], here: LessonEntry): string {
  const byId = new Map(BOXES.map((box) => [box.id, box]));
  const links = BOXES.flatMap((to) => to.inputs.map((input) => linkPath(byId.get(input)!, to)));
  const isLit = ({lessons: about}: StripBox) => !isAboutSome(here.path) || about.includes(here.path);
  const anchors = lessons.flatMap(({path, name}) => {
    const boxes = BOXES.filter((box) => box.lessons[0] === path);
    if (boxes.length === 0) return [];
    return `<a href="${path}" aria-label="${name}"${path === here.path ? ' aria-current="page"' : ""}><title>${name}</title>${boxes.map((box) => rectOf(box, isLit(box))).join("")}</a>`;
  });
  return [
    '<nav class="network-strip" aria-label="Lessons by their place in the network">',
    `<svg viewBox="${boundsOf(BOXES)}" preserveAspectRatio="xMinYMid meet"><path class="strip-links" d="${links.join("")}"/>${anchors.join("")}</svg>`,
    `<p>Lit: what this lesson is about${isAboutSome(here.path) ? "" : ", all of it"}</p>`,
    "</nav>"
  ].join("");
}

function rectOf({endPoint, x, y, size, colour, hollow}: StripBox, isLit: boolean): string {
  const names = ["strip-box", ...(isLit ? ["lit"] : []), ...(hollow ? ["hollow"] : [])].join(" ");
  return `<rect class="${names}" data-step="${endPoint}" style="--colour:${colour}" x="${round(x - size / 2)}" y="${round(y - size / 2)}" width="${round(size)}" height="${round(size)}" rx="1.5"/>`;
}

function boundsOf(boxes: readonly StripBox[]): string {
  const left = Math.min(...boxes.map(({x, size}) => x - size / 2)) - MARGIN;
  const right = Math.max(...boxes.map(({x, size}) => x + size / 2)) + MARGIN;
  const top = Math.min(...boxes.map(({y, size}) => y - size / 2)) - MARGIN;
  const bottom = Math.max(...boxes.map(({y, size}) => y + size / 2)) + MARGIN;
  return [left, top, right - left, bottom - top].map(round).join(" ");
}

/** Along its row, down to what runs beneath the others, or by a curve from row to row. */
function linkPath(from: StripBox, to: StripBox): string {
  const [x0, x1] = [from.x + from.size / 2, to.x - to.size / 2].map(round);
  const [y0, y1] = [from.y, to.y].map(round);
  if (y0 === y1) return `M${x0} ${y0}H${x1}`;
  const isFar = to.x - from.x > 2 * (GAP + LARGEST);
  if (isFar && y1! > y0!) return `M${round(from.x)} ${y0}V${y1}H${x1}`;
  const bend = isFar ? x1! - 2 * GAP : x0!;
  const middle = round((bend + x1!) / 2);
  return `M${x0} ${y0}H${bend}C${middle} ${y0} ${middle} ${y1} ${x1} ${y1}`;
}

/** The boxes of the whole network's diagram, its groups closed, in rows that lie close to each other. */
function stripBoxes(): StripBox[] {
  const {items} = planDiagram(PLAN);
  const stepOf = new Map(PLAN.steps.map((step) => [step.name, step]));
  const vertices = verticesOf(items, () => false);
  const columns = columnsOf(vertices);
  const {rows, beneath} = rowsOf(vertices, columns);
  const branching = new Set([...rows].filter(([id, row]) => row !== 0 && !beneath.has(id)).map(([id]) => columns.get(id)!));
  const tallest = Math.max(...items.map(({side}) => boxHeight(side)));
  const places = new Map<number, number>();
  const sized = [...vertices.values()].map(({id, members, inputs}) => {
    const {id: endPoint, side, colour} = members.at(-1)!;
    const column = columns.get(id)!;
    const isSmall = branching.has(column) || beneath.has(id);
    const size = isSmall ? SMALLEST : Math.max(SMALLEST, (LARGEST * boxHeight(side)) / tallest);
    places.set(column, Math.max(places.get(column) ?? 0, size));
    return {
      ...{id, endPoint, inputs, colour, column, size, y: rows.get(id)! * PITCH},
      hollow: members.every((item) => item.hollow),
      lessons: about(members.map(({id: name}) => stepOf.get(name)!))
    };
  });
  let right = 0;
  const centres = [...places]
    .sort(([a], [b]) => a - b)
    .map(([, width]) => {
      right += width + GAP;
      return right - GAP - width / 2;
    });
  return sized.map(({column, ...box}) => ({...box, x: centres[column]!}));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
