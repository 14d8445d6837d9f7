import type {Split} from "../../datasets/dataset.js";
import {cost} from "../../engine/cost.js";
import type {Model} from "../../engine/model.js";
import {plan} from "../../engine/plan.js";
import {hex} from "../../formats/sha256.js";
import {decodePixels} from "../../media/decode-pixels.js";
import {holdAlone} from "../../shelf/alone.js";
import type {Reclassed} from "../../train/classes.js";
import type {DatasetFacts, SplitChoice} from "../dataset-messages.js";
import {deviceLost, whileDeviceLasts} from "../device-lost.js";
import type {BackendId, Progress} from "../protocol.js";
import type {AskTraining, TrainingCallName, TrainingCalls, TrainingChoice, TrainingEstimate} from "../training-messages.js";
import {cropsOf} from "./crops.js";
import {learntMeasured} from "./measuring.js";
import {classWeightsOf, costOf, freshOf, listsOf, photosOf, startOf} from "./prepare.js";
import type {Lists} from "./prepare.js";
import {openSession} from "./session.js";
import type {Session, StartingTraining} from "./session.js";
import {openTrainingStore} from "./store.js";
import type {TrainingStore} from "./store.js";
import {trainedModel, whyNotShelved} from "./trained-model.js";

/** What the host lends: models, data sets, backends. */
export interface Lent {
  model(url: string): Promise<Model>;
  facts(data: SplitChoice): Promise<DatasetFacts>;
  list(data: SplitChoice): Promise<Split>;
  /** Makes a backend the current one. */
  use(backend: BackendId): Promise<void>;
  /** Multiply-adds in a millisecond on the current backend. */
  rate(): Promise<number>;
  onProgress(progress: Progress): void;
}

/**
 * Of the multiply-adds that a layer by itself does in a millisecond, the share that a training does: its way back, its loss and its update
 * move maps more than they multiply. Until one was seen.
 */
const SHARE_OF_RATE = 0.25;

/** An open training with what it holds. */
interface Open {
  readonly session: Session;
  readonly data: SplitChoice;
  readonly held: AbortController;
  readonly multiplyAdds: number;
}

type Answers = {
  readonly [Name in TrainingCallName]: (
    question: TrainingCalls[Name]["question"],
    signal: AbortSignal
  ) => Promise<TrainingCalls[Name]["answer"]>;
};

const lockOf = (id: string) => `training/${id}`;

/** What the host answers of trainings, by the names of the questions; one training is open at a time. */
export function trainingAnswers(lent: Lent): AskTraining {
  let opening: Promise<TrainingStore> | null = null;
  const store = () => (opening ??= openTrainingStore());
  let open: Open | null = null;
  /** Photos of the last that was open, to go on with. */
  let last: {readonly id: string; readonly data: SplitChoice} | null = null;
  /** Multiply-adds in a millisecond that trainings were seen to do, by backend. */
  const speeds = new Map<BackendId, number>();

  async function listsAt(data: SplitChoice, settings: TrainingChoice["settings"]): Promise<Lists> {
    return listsOf((await lent.list(data)).items, settings, (list) => lent.list({...data, split: list}));
  }

  /** What a training would begin with. */
  async function chosen(choice: TrainingChoice): Promise<{readonly lists: Lists; readonly made: Reclassed}> {
    const {settings, data} = choice;
    const [model, facts, lists] = [await lent.model(settings.modelUrl), await lent.facts(data), await listsAt(data, settings)];
    return {lists, made: startOf(model, choice, facts)};
  }

  async function close(): Promise<void> {
    const closing = open;
    open = null;
    if (!closing) return;
    try {
      await lent.use(closing.session.settings.backend);
      await closing.session.keep();
    } finally {
      letGo(closing);
    }
  }

  function letGo({session, held}: Open): void {
    open = null;
    held.abort();
    try {
      session.dispose();
    } catch (error) {
      // What a lost device holds is gone already.
      if (!deviceLost()) throw error;
    }
  }

  async function start(starting: StartingTraining, data: SplitChoice, photos: ReturnType<typeof photosOf>): Promise<Session> {
    const {said, model} = starting;
    const held = new AbortController();
    if (!(await holdAlone(lockOf(said.id), held.signal))) {
      throw new Error("This training is open in another tab of this browser: close it there.");
    }
    try {
      const multiplyAdds = costOf(model, said.settings).multiplyAdds;
      const session = openSession(starting, {photos, store: await store(), lasting: whileDeviceLasts});
      open = {session, data, held, multiplyAdds};
      last = {id: said.id, data};
      return session;
    } catch (error) {
      held.abort();
      throw error;
    }
  }

  /** Removes what is left of trainings that are listed nowhere, and that no tab is beginning. */
  async function tidyUp(): Promise<void> {
    const kept = await store();
    for (const id of await kept.orphans()) {
      const held = new AbortController();
      // The tab that held it may have kept it since.
      if ((await holdAlone(lockOf(id), held.signal)) && (await kept.orphans()).includes(id)) await kept.remove(id);
      held.abort();
    }
  }

  const found = async (id: string) => {
    const stored = await (await store()).find(id);
    if (!stored) throw new Error("This training is no longer kept in this browser.");
    return stored;
  };

  const openAt = (id: string): Open => {
    if (open?.session.id !== id) throw new Error("This training is not open any more: go on from its last checkpoint.");
    return open;
  };

  const answers: Answers = {
    async estimate(choice, signal): Promise<TrainingEstimate> {
      const {settings} = choice;
      const {lists, made} = await chosen(choice);
      const {bytes, multiplyAdds, values, layers} = costOf(made.model, settings);
      await lent.use(settings.backend);
      signal.throwIfAborted();
      const usual = SHARE_OF_RATE * (await lent.rate());
      const {photoSide, outputStride, rates} = settings;
      const whole = cost(plan(made.model.network, {height: photoSide, width: photoSide, outputStride, ...(rates && {rates})}));
      const measured = lists.val.length + learntMeasured(lists.train.length, lists.val.length);
      return {
        bytes,
        multiplyAdds,
        millisecondsOfStep: multiplyAdds / (speeds.get(settings.backend) ?? usual),
        millisecondsOfMeasuring: (measured * whole.multiplyAdds) / usual,
        photos: {train: lists.train.length, val: lists.val.length},
        learning: {layers, values},
        fresh: freshOf(made),
        isKept: (await store()).lasts
      };
    },

    async crops({choice, step}) {
      const {settings} = choice;
      const {lists, made} = await chosen(choice);
      const {classes, palette} = made.model.card;
      await lent.use(settings.backend);
      return {palette, crops: await cropsOf(photosOf(lists, settings, classes.length, decodePixels).train, settings, step)};
    },

    async begin(choice, signal) {
      await close();
      const {settings, data, title, from, source} = choice;
      const {lists, made} = await chosen(choice);
      const {classes} = made.model.card;
      const photos = photosOf(lists, settings, classes.length, decodePixels);
      const classWeights = await classWeightsOf(settings, photos.train, classes.length, signal);
      await lent.use(settings.backend);
      signal.throwIfAborted();
      // `randomUUID` is missing where the site's address is not secure.
      const id = hex(crypto.getRandomValues(new Uint8Array(16)));
      const now = Date.now();
      const said = {
        ...{id, title, begun: now, changed: now, settings, from, source, list: data.split, classes, classWeights, step: 0, best: null},
        photos: {train: photos.train.count, val: photos.val.count},
        ids: {train: photos.train.ids, val: photos.val.ids},
        fresh: freshOf(made)
      };
      const course = {steps: [], measured: [], best: null, resumed: [], overfittingSince: null};
      await tidyUp();
      const session = await start({said, model: made.model, state: null, best: undefined, course}, data, photos);
      try {
        await (await store()).begin(id, made.model);
        await session.keep();
        return await session.opened();
      } catch (error) {
        await answers.remove({id}, signal);
        throw error;
      }
    },

    async goOn({id, data, backend}, signal) {
      await close();
      const stored = await found(id);
      const photosAt = data ?? (last?.id === id ? last.data : null);
      if (!photosAt) throw new Error("Bring the photos of this training again: the browser keeps what was learnt, not the files.");
      const settings = {...stored.said.settings, ...(backend && {backend})};
      const lists = await listsAt(photosAt, settings);
      const photos = photosOf(lists, settings, stored.said.classes.length, decodePixels);
      const isSame =
        photos.train.ids.join("\n") === stored.said.ids.train.join("\n") && photos.val.ids.join("\n") === stored.said.ids.val.join("\n");
      if (!isSame) {
        throw new Error(
          "These are not the photos that this training began with: bring those, or keep its model and begin a new training from that."
        );
      }
      await lent.use(settings.backend);
      signal.throwIfAborted();
      const session = await start({...stored, said: {...stored.said, settings}}, photosAt, photos);
      try {
        return await session.opened();
      } catch (error) {
        if (open) letGo(open);
        throw error;
      }
    },

    async advance({id}) {
      const {session, multiplyAdds} = openAt(id);
      await lent.use(session.settings.backend);
      const news = await session.advance();
      for (const each of news) if (each.kind === "step") speeds.set(session.settings.backend, multiplyAdds / each.record.milliseconds);
      if (open && news.some(({kind}) => kind === "stopped")) letGo(open);
      return news;
    },

    async keep({id}) {
      const {session} = openAt(id);
      await lent.use(session.settings.backend);
      return session.keep();
    },

    async close({id}) {
      if (open?.session.id === id) await close();
      return null;
    },

    async keepModel({id, which}, signal) {
      if (open?.session.id === id) await answers.keep({id}, signal);
      const made = await trainedModel(await found(id), which);
      return {...made, problem: await whyNotShelved(made)};
    },

    list: async () => (await store()).list(),

    async remove({id}) {
      if (open?.session.id === id) letGo(open);
      await (await store()).remove(id);
      return null;
    }
  };

  return (name, question, signal = new AbortController().signal) =>
    (answers[name] as (question: unknown, signal: AbortSignal) => Promise<never>)(question, signal);
}
