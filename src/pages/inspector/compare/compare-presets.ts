import {presetList} from "../../../components/fields/preset-list.js";
import {ownRates} from "../../../engine/plan.js";
import type {Capabilities} from "../../../worker/protocol.js";
import {NOTHING_OTHER, OTHER_NAMES} from "./compare-state.js";
import type {Inspection, InspectorState} from "../inspection.js";

interface Preset {
  readonly label: string;
  readonly look: string;
  /** What it sets besides putting all else of B to A's. */
  state(): Partial<InspectorState>;
  /** Whether it is what the state says. */
  isChosen(state: InspectorState): boolean;
}

/** Comparisons worth looking at first. @param options.capabilities what this machine has; null while that is not known */
export function comparePresets(inspection: Inspection, capabilities: () => Capabilities | null): HTMLElement {
  const {store, follow, models, standing} = inspection;
  /** Whether B differs from A in this value alone. */
  const only = (state: InspectorState, name: (typeof OTHER_NAMES)[number]) =>
    OTHER_NAMES.every((other) => (other === name) !== (String(state[other]) === String(NOTHING_OTHER[other])));
  const list: readonly Preset[] = [
    {
      label: "Stride 8 against 16",
      look: "The same weights on twice as many cells each way: small things and thin parts come out differently, and the multiply-adds tell the price.",
      state: () => ({outputStride: 16, otherStride: 8}),
      isChosen: (state) => only(state, "otherStride") && state.outputStride === 16 && state.otherStride === 8
    },
    {
      label: "8-bit weights",
      look: "Each kernel is rounded to 255 steps a channel. How much of the mask does that cost, and where do the layers drift apart?",
      state: () => ({precision: "float32", otherPrecision: "int8"}),
      isChosen: (state) => only(state, "otherPrecision") && state.precision === "float32" && state.otherPrecision === "int8"
    },
    {
      label: "Computed elsewhere",
      look: "The same run by other code on other hardware: the masks should be one, and a layer's relative difference is what rounding leaves, near a millionth.",
      state: () => ({otherBackend: elsewhere(capabilities(), standing()?.run.backend)}),
      isChosen: (state) => only(state, "otherBackend")
    },
    {
      label: "Rates 1, 1, 1",
      look: "ASPP's three atrous branches look at neighbouring cells only: what needed a wide view changes class.",
      state: () => ({...withBranches(), rates: [], otherRates: [1, 1, 1]}),
      isChosen: (state) => only(state, "otherRates") && state.rates.length === 0 && state.otherRates.join() === "1,1,1"
    },
    {
      label: "Half the size",
      look: "The photo goes in at half its width and height: about a quarter of the work, and small things may go.",
      state: () => ({inputSize: "513", otherSize: "257"}),
      isChosen: (state) => only(state, "otherSize") && state.inputSize === "513" && state.otherSize === "257"
    }
  ];
  /** Where the network that stands has no three atrous branches, one that has all of a v3+. */
  function withBranches(): Partial<InspectorState> {
    const network = standing()?.result.plan.network;
    const whole = models.find(({lacks}) => lacks === "");
    return !whole || (network && ownRates(network).length === 3) ? {} : {model: whole.id};
  }
  const view = presetList(list.map(({label, look, state}) => ({label, look, choose: () => store.set({...NOTHING_OTHER, ...state()})})));
  follow([...OTHER_NAMES, "outputStride", "inputSize", "rates", "precision"], (state) =>
    view.show(list.map(({isChosen}) => isChosen(state)))
  );
  return view;
}

/** Another backend that this machine has; plain JavaScript, which is slow, only where there is no other. */
function elsewhere(capabilities: Capabilities | null, here: string | undefined): InspectorState["otherBackend"] {
  const usable = capabilities?.backends.filter(({id, available}) => available && id !== here) ?? [];
  return (usable.find(({software}) => !software) ?? usable.find(({id}) => id === "webgl") ?? usable[0])?.id ?? "cpu";
}
